// panva's oidc-provider with its in-memory store and JWT access tokens by client credentials. Arguments: port, RS256 or ES256.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, algorithm] = process.argv.slice(2);
const rsa = (kid) => ({
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "RS256",
});
const ec = (kid) => ({
  ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "ES256",
});
const resource = "https://api.example.com";
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "bench",
      client_secret: "bench-secret-bench-secret-bench-secret",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  jwks: { keys: algorithm === "RS256" ? [rsa("a"), rsa("b"), rsa("c")] : [ec("a"), rsa("b")] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: "read",
        audience: resource,
        accessTokenTTL: 3600,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: algorithm } },
      }),
    },
  },
});
provider.listen(Number(port), "127.0.0.1");
