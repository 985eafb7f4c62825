// panva's oidc-provider with its in-memory store: JWT access tokens by client credentials and refresh tokens, introspection
// of opaque ones. `GET /bench/refresh-tokens` answers 16 refresh tokens. Arguments: port, RS256, RS256-4096 or ES256.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, kind = "RS256"] = process.argv.slice(2);
const [algorithm, bits = "2048"] = kind.split("-");
const rsa = (kid) => ({
  ...generateKeyPairSync("rsa", { modulusLength: Number(bits) }).privateKey.export({ format: "jwk" }),
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
const keysOf = {
  RS256: () => [rsa("a"), rsa("b"), rsa("c")],
  "RS256-4096": () => [rsa("a")],
  ES256: () => [ec("a"), rsa("b")],
};
const resource = "https://api.example.com";
const opaqueResource = "https://opaque.example.com";
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "bench",
      client_secret: "bench-secret-bench-secret-bench-secret",
      grant_types: ["client_credentials", "authorization_code", "refresh_token"],
      redirect_uris: ["https://app.example/callback"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: algorithm,
    },
  ],
  jwks: { keys: keysOf[kind]() },
  rotateRefreshToken: true,
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, asked) => ({
        scope: "read",
        audience: asked,
        accessTokenTTL: 3600,
        accessTokenFormat: asked === opaqueResource ? "opaque" : "jwt",
        jwt: { sign: { alg: algorithm } },
      }),
    },
  },
});

async function makeRefreshToken() {
  const client = await provider.Client.find("bench");
  const grant = new provider.Grant({ accountId: "person", clientId: "bench" });
  grant.addOIDCScope("openid offline_access");
  grant.addResourceScope(resource, "read");
  const grantId = await grant.save();
  const authTime = Math.floor(Date.now() / 1000);
  const about = { accountId: "person", client, grantId, authTime, gty: "authorization_code", resource };
  return new provider.RefreshToken({ ...about, scope: "openid offline_access read", expiresWithSession: false }).save();
}

provider.use(async (context, next) => {
  if (context.path !== "/bench/refresh-tokens") return next();
  context.body = await Promise.all(Array.from({ length: 16 }, makeRefreshToken));
});
provider.listen(Number(port), "127.0.0.1");
