// Writes hexadecimal with colons so that a line breaks after a colon, never inside a byte.
import { Fragment, type ReactElement } from "react";

/** The text with a place to break after each colon. */
export function HexPairs({ value }: { value: string }): ReactElement {
  return (
    <>
      {[...value.matchAll(/[^:]*:|[^:]+$/g)].map(({ 0: part, index }) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}
