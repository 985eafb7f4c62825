// Makes the demo organization once, through the services, with a past and something on every page of the portal.
import { createApplicationSchema } from "../lib/applications/schema.ts";
import { createApplication, listApplications } from "../lib/applications/service.ts";
import { type Actor, systemActor } from "../lib/auth/actor.ts";
import { assignCertificate } from "../lib/certificates/assignment.ts";
import { generateCertificateSchema } from "../lib/certificates/schema.ts";
import { generateCertificate } from "../lib/certificates/service.ts";
import { randomToken, sha256Base64url } from "../lib/crypto/digest.ts";
import { closeDatabase } from "../lib/db/client.ts";
import { migrate } from "../lib/db/migrate.ts";
import { env, loadEnvironmentFile } from "../lib/env.ts";
import { isAppError } from "../lib/errors.ts";
import { dropSigningKey, getSigningKeyStatus, rotateSigningKey } from "../lib/keys/service.ts";
import { assertMasterKeyOpens } from "../lib/keys/vault.ts";
import { createAuthorizationCode } from "../lib/oidc/authorization-codes.ts";
import { tokenEndpoint } from "../lib/oidc/token-endpoint.ts";
import { ensureFirstOwner } from "../lib/organizations/first-owner.ts";
import { createOrganization, listMembers } from "../lib/organizations/service.ts";

const ORGANIZATION = { id: "acme-corp", name: "Acme Corporation" };
const DAY_MILLISECONDS = 86_400_000;

const CLIENTS = [
  { name: "Billing Worker", scopes: ["invoices.read", "invoices.write"], token_expiry_secs: 3600 },
  { name: "Inventory Sync", scopes: ["inventory.read"], token_expiry_secs: 900 },
  { name: "Key Operations", scopes: ["certificates.view", "audit.view"], token_expiry_secs: 1800 },
];

/** A web application that the people of the organization sign in to; it runs on the developer's machine. */
const WEB_APPLICATION = {
  protocol: "oidc",
  name: "Team Portal",
  grant_types: ["authorization_code", "refresh_token"],
  redirect_uris: ["http://localhost:8080/callback", "https://portal.acme.example/callback"],
  post_logout_redirect_uris: ["https://portal.acme.example/"],
  token_expiry_secs: 900,
};

/** A public client: a program on people's own machines. */
const INSTALLED_APPLICATION = {
  protocol: "oidc",
  name: "Field App",
  grant_types: ["authorization_code", "refresh_token"],
  confidential: false,
  consent_required: true,
  redirect_uris: ["http://127.0.0.1:8765/callback", "com.example.field:/callback"],
  token_expiry_secs: 600,
  refresh_token_expiry_secs: 30 * 86_400,
};

const SERVICE_PROVIDERS = [
  { name: "Grafana", host: "grafana.acme.example" },
  { name: "Jira", host: "jira.acme.example" },
  { name: "Salesforce", host: "acme.my.salesforce.example" },
];

/** The second ends in 16 days, for the badge in the list and the banner of the overview. */
const CERTIFICATES = [
  { name: "Salesforce single sign-on", key_algorithm: "rsa2048", validity_days: 365, application: "Salesforce" },
  { name: "Inventory tokens", key_algorithm: "ecdsa-p256", validity_days: 60, application: "Inventory Sync" },
];

loadEnvironmentFile("production");
try {
  await seed(new Date());
  await closeDatabase();
  // The schema engine of a migration leaves a timer behind.
  process.exit(0);
} catch (error) {
  process.stderr.write(`${isAppError(error) ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
}

async function seed(now: Date): Promise<void> {
  const actor = systemActor(ORGANIZATION.id, "demo data");
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MILLISECONDS);
  await migrate(env().database);
  await assertMasterKeyOpens();
  await ensureOrganization(actor, daysAgo(45));
  await ensureFirstOwner(daysAgo(45));
  const { data } = await listApplications(actor, { limit: 1 });
  if (data.length > 0) return;
  const { clients, web } = await makeApplications(actor, daysAgo(44));
  await makeCertificates(actor, daysAgo(44));
  const first = await rotate(actor, daysAgo(30), "Quarterly rotation");
  await dropSigningKey(actor, { kid: first, force: false }, daysAgo(28));
  for (const client of clients) await obtainToken(client);
  await signIn(actor, web);
  await rotate(actor, new Date(), "Demonstration of a rotation");
  await obtainToken(clients[0]);
}

async function ensureOrganization(actor: Actor, now: Date): Promise<void> {
  try {
    await createOrganization(actor, ORGANIZATION, now);
  } catch (error) {
    if (!isAppError(error, "organization.id_taken")) throw error;
  }
}

type Client = { applicationId: string; id: string; secret: string };

async function makeApplications(actor: Actor, now: Date): Promise<{ clients: Client[]; web: Client }> {
  const clients: Client[] = [];
  for (const client of CLIENTS) clients.push(await makeClient(actor, { protocol: "oidc", ...client }, now));
  const web = await makeClient(actor, WEB_APPLICATION, now);
  await createApplication(actor, createApplicationSchema.parse(INSTALLED_APPLICATION), now);
  for (const { name, host } of SERVICE_PROVIDERS) {
    const urls = { entity_id: `https://${host}/saml/metadata`, acs_urls: [`https://${host}/saml/acs`] };
    await createApplication(actor, { protocol: "saml", name, ...urls }, now);
  }
  return { clients, web };
}

async function makeClient(actor: Actor, application: Record<string, unknown>, now: Date): Promise<Client> {
  const view = await createApplication(actor, createApplicationSchema.parse(application), now);
  if (view.protocol !== "oidc" || view.client_secret === null) throw new Error("not a confidential client");
  return { applicationId: view.id, id: view.client_id, secret: view.client_secret };
}

/** The first owner's sign-in to the web application, as its own callback would finish it. */
async function signIn(actor: Actor, web: Client): Promise<void> {
  const [owner] = await listMembers(actor);
  const [redirectUri] = WEB_APPLICATION.redirect_uris;
  if (owner === undefined || redirectUri === undefined) return;
  const verifier = randomToken();
  const code = await createAuthorizationCode({
    organizationId: ORGANIZATION.id,
    applicationId: web.applicationId,
    userId: owner.user_id,
    redirectUri,
    codeChallenge: sha256Base64url(verifier),
    scope: "openid profile email",
    nonce: null,
    authenticatedAt: new Date(),
  });
  await askTokenEndpoint(web, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

async function makeCertificates(actor: Actor, now: Date): Promise<void> {
  const { data: applications } = await listApplications(actor, { limit: 100 });
  for (const { application: name, ...certificate } of CERTIFICATES) {
    const { id } = await generateCertificate(actor, generateCertificateSchema.parse(certificate), now);
    const application = applications.find((row) => row.name === name);
    if (application === undefined) throw new Error(`there is no application ${name}`);
    await assignCertificate(actor, { application_id: application.id, signing_cert_id: id }, now);
  }
}

/** Answers the kid that is the previous one now. */
async function rotate(actor: Actor, now: Date, reason: string): Promise<string> {
  const { current_kid: kid } = await getSigningKeyStatus(actor, now);
  await rotateSigningKey(actor, { expected_current_kid: kid, override_reason: reason }, now);
  return kid;
}

/** A real token, so that the session list and the evidence of the key are real too. */
async function obtainToken(client: Client | undefined): Promise<void> {
  if (client !== undefined) await askTokenEndpoint(client, { grant_type: "client_credentials" });
}

async function askTokenEndpoint(client: Client, form: Record<string, string>): Promise<void> {
  const credentials = Buffer.from(`${client.id}:${client.secret}`).toString("base64");
  const headers: Record<string, string> = {
    authorization: `Basic ${credentials}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  const { status } = await tokenEndpoint.answer({
    method: "POST",
    params: { orgId: ORGANIZATION.id },
    query: new URLSearchParams(),
    header: (name) => headers[name],
    body: Buffer.from(new URLSearchParams(form).toString()),
    remoteAddress: "127.0.0.1",
  });
  if (status !== 200) throw new Error(`the token endpoint answered ${status}`);
}
