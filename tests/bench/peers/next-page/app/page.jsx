// A table of 50 rows, rendered for each request from nothing but the request itself.
import { headers } from "next/headers";

const ROWS = Array.from({ length: 50 }, (_, index) => index);

export default async function Page() {
  const host = (await headers()).get("host");
  return (
    <main>
      <h1>Bare page</h1>
      <table>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row}>
              <td>{row}</td>
              <td>{host}</td>
              <td>
                <a href={`/rows/${row}`}>Row {row}</a>
              </td>
              <td>{(row * 7919).toString(16)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
