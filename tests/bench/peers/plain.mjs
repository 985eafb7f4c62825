// The yardstick of the JWKS: node:http serving one fixed body with its ETag. Arguments: port, file of the body.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [port, file] = process.argv.slice(2);
const body = readFileSync(file);
const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
const headers = {
  "content-type": "application/jwk-set+json",
  "cache-control": "public, max-age=900",
  "access-control-allow-origin": "*",
  etag,
};
createServer((request, response) => {
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, "content-length": body.length });
  response.end(body);
}).listen(Number(port), "127.0.0.1");
