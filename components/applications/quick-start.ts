// Programs to copy that use an application with its grants, in three languages; they run as they stand.

/** What the programs need to know. */
export type QuickStartFacts = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  clientId: string;
  isConfidential: boolean;
  grantTypes: readonly string[];
  /** The first redirect URI; empty without a sign-in. */
  redirectUri: string;
};

/** One program. */
export type QuickStart = { language: "node" | "python" | "curl"; label: string; install: string | null; code: string };

/** Whether the program signs a person in, or acts for itself. */
export type QuickStartKind = "sign-in" | "machine";

/** The kinds of program that an application can be. */
export function quickStartKinds({ grantTypes }: Pick<QuickStartFacts, "grantTypes">): QuickStartKind[] {
  return [
    ...(grantTypes.includes("authorization_code") ? (["sign-in"] as const) : []),
    ...(grantTypes.includes("client_credentials") ? (["machine"] as const) : []),
  ];
}

/** One program in each language. The secret is read from CLIENT_SECRET, so that it stands in no file. */
export function quickStarts(kind: QuickStartKind, facts: QuickStartFacts): QuickStart[] {
  const isSignIn = kind === "sign-in";
  return [
    {
      language: "node",
      label: "Node.js",
      install: "npm install openid-client@6",
      code: isSignIn ? nodeSignIn(facts) : nodeMachine(facts),
    },
    {
      language: "python",
      label: "Python",
      install: isSignIn ? 'pip install requests "pyjwt[crypto]"' : "pip install requests",
      code: isSignIn ? pythonSignIn(facts) : pythonMachine(facts),
    },
    { language: "curl", label: "curl", install: null, code: isSignIn ? curlSignIn(facts) : curlMachine(facts) },
  ];
}

/** Only development has an issuer without TLS, and the library wants to be told. */
function nodeDiscovery({ issuer, clientId, isConfidential }: QuickStartFacts): string {
  const words = [
    `new URL(${JSON.stringify(issuer)})`,
    JSON.stringify(clientId),
    isConfidential ? "env.CLIENT_SECRET" : "undefined",
    ...(isConfidential ? [] : ["client.None()"]),
  ];
  if (issuer.startsWith("http:")) {
    words.push(...(isConfidential ? ["undefined"] : []), "{ execute: [client.allowInsecureRequests] }");
  }
  return `const config = await client.discovery(\n${words.map((word) => `  ${word},\n`).join("")});`;
}

function nodeMachine(facts: QuickStartFacts): string {
  return `import { env } from "node:process";
import * as client from "openid-client";

${nodeDiscovery(facts)}
const { access_token, expires_in } = await client.clientCredentialsGrant(config);
console.log(access_token, expires_in);
`;
}

function nodeSignIn(facts: QuickStartFacts): string {
  const refresh = `
// Later, without the person; each refresh token works once and brings the next one.
const fresh = await client.refreshTokenGrant(config, tokens.refresh_token);
console.log(fresh.access_token, fresh.expires_in);
`;
  return `${facts.isConfidential ? 'import { env } from "node:process";\n' : ""}import { createInterface } from "node:readline/promises";
import * as client from "openid-client";

${nodeDiscovery(facts)}
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: ${JSON.stringify(facts.redirectUri)},
  scope: "openid profile email",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
  nonce,
});
console.log("Open", address.href);

const terminal = createInterface({ input: process.stdin, output: process.stdout });
const back = await terminal.question("The address you were sent back to: ");
terminal.close();
const tokens = await client.authorizationCodeGrant(config, new URL(back), {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
});
console.log(tokens.claims());
${facts.grantTypes.includes("refresh_token") ? refresh : ""}`;
}

function pythonClient({ isConfidential }: QuickStartFacts): { credentials: string; auth: string } {
  if (isConfidential) return { credentials: "", auth: 'auth=(CLIENT_ID, os.environ["CLIENT_SECRET"])' };
  return { credentials: '"client_id": CLIENT_ID, ', auth: "" };
}

function pythonMachine(facts: QuickStartFacts): string {
  return `import os

import requests

CLIENT_ID = ${JSON.stringify(facts.clientId)}
answer = requests.post(
    ${JSON.stringify(facts.tokenEndpoint)},
    auth=(CLIENT_ID, os.environ["CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
)
answer.raise_for_status()
print(answer.json()["access_token"], answer.json()["expires_in"])
`;
}

function pythonSignIn(facts: QuickStartFacts): string {
  const { credentials, auth } = pythonClient(facts);
  const call = auth === "" ? "" : `, ${auth}`;
  const refresh = `
# Later, without the person; each refresh token works once and brings the next one.
fresh = ask({"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]})
print(fresh["access_token"], fresh["expires_in"])
`;
  return `import base64, hashlib, os, secrets
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import requests

ISSUER = ${JSON.stringify(facts.issuer)}
CLIENT_ID = ${JSON.stringify(facts.clientId)}
REDIRECT_URI = ${JSON.stringify(facts.redirectUri)}

meta = requests.get(ISSUER + "/.well-known/openid-configuration").json()
verifier, state, nonce = (secrets.token_urlsafe(32) for _ in range(3))
digest = hashlib.sha256(verifier.encode()).digest()
question = {
    "response_type": "code",
    "client_id": CLIENT_ID,
    "redirect_uri": REDIRECT_URI,
    "scope": "openid profile email",
    "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
    "code_challenge_method": "S256",
    "state": state,
    "nonce": nonce,
}
print("Open", meta["authorization_endpoint"] + "?" + urlencode(question))
back = parse_qs(urlsplit(input("The address you were sent back to: ")).query)
assert back["state"] == [state] and back["iss"] == [ISSUER]


def ask(form):
    answer = requests.post(meta["token_endpoint"], data={${credentials}**form}${call})
    answer.raise_for_status()
    return answer.json()


tokens = ask({
    "grant_type": "authorization_code",
    "code": back["code"][0],
    "redirect_uri": REDIRECT_URI,
    "code_verifier": verifier,
})
key = jwt.PyJWKClient(meta["jwks_uri"]).get_signing_key_from_jwt(tokens["id_token"]).key
algorithms = meta["id_token_signing_alg_values_supported"]
claims = jwt.decode(tokens["id_token"], key, algorithms, audience=CLIENT_ID, issuer=ISSUER)
assert claims["nonce"] == nonce
print(claims)
${facts.grantTypes.includes("refresh_token") ? refresh : ""}`;
}

function curlClient({ clientId, isConfidential }: QuickStartFacts): string {
  return isConfidential ? `-u "${clientId}:$CLIENT_SECRET"` : `-d client_id=${clientId}`;
}

function curlMachine(facts: QuickStartFacts): string {
  return `curl -sS ${curlClient(facts)} \\
  -d grant_type=client_credentials \\
  ${facts.tokenEndpoint}
`;
}

function curlSignIn(facts: QuickStartFacts): string {
  const question = new URLSearchParams({
    response_type: "code",
    client_id: facts.clientId,
    redirect_uri: facts.redirectUri,
    scope: "openid profile email",
    code_challenge_method: "S256",
  });
  const refresh = `
# Later, without the person; each refresh token works once and brings the next one.
read -r -p "The refresh_token of the answer: " REFRESH_TOKEN
curl -sS ${curlClient(facts)} \\
  -d grant_type=refresh_token \\
  -d "refresh_token=$REFRESH_TOKEN" \\
  ${facts.tokenEndpoint}
`;
  return `VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=')
STATE=$(openssl rand -hex 16)
echo 'Open ${facts.authorizationEndpoint}?${question}'"&code_challenge=$CHALLENGE&state=$STATE"

read -r -p "The code in the address you were sent back to: " CODE
curl -sS ${curlClient(facts)} \\
  -d grant_type=authorization_code \\
  -d "code=$CODE" \\
  --data-urlencode ${shellQuoted(`redirect_uri=${facts.redirectUri}`)} \\
  -d "code_verifier=$VERIFIER" \\
  ${facts.tokenEndpoint}
${facts.grantTypes.includes("refresh_token") ? refresh : ""}`;
}

/** One word for a shell, whatever it holds. */
function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
