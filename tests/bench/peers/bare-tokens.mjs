// The yardstick of the tokens: node:http, a JWT assembled by hand, crypto.sign on the thread pool. Arguments: port,
// RS256, RS256-4096 or ES256.
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";

const [port, kind = "RS256"] = process.argv.slice(2);
const [algorithm, bits = "2048"] = kind.split("-");
const { privateKey } =
  algorithm === "RS256"
    ? generateKeyPairSync("rsa", { modulusLength: Number(bits) })
    : generateKeyPairSync("ec", { namedCurve: "P-256" });
const key = algorithm === "RS256" ? privateKey : { key: privateKey, dsaEncoding: "ieee-p1363" };
const issuer = `http://localhost:${port}/orgs/acme-corp`;
const head = encode({ alg: algorithm, typ: "at+jwt", kid: "k".repeat(43) });

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

createServer((request, response) => {
  request.on("data", () => undefined);
  request.on("end", () => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: "c".repeat(22), client_id: "c".repeat(22), aud: issuer, exp: iat + 3600, iat };
    const input = `${head}.${encode({ ...claims, jti: randomBytes(16).toString("base64url") })}`;
    sign("sha256", Buffer.from(input), key, (_error, signature) => {
      const token = `${input}.${signature.toString("base64url")}`;
      const body = `{"access_token":"${token}","token_type":"Bearer","expires_in":3600}`;
      response.writeHead(200, {
        "content-type": "application/json",
        "cache-control": "no-store",
        "content-length": Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
}).listen(Number(port), "127.0.0.1");
