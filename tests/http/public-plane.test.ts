import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeGracefully, createPublicServer, listenOn } from "#lib/http/public-server.ts";
import { answerPublicPlane } from "#lib/public-plane.ts";
import { useEnvironment } from "../support/database.ts";

const server = createPublicServer((request, response, path) => {
  if (!answerPublicPlane(request, response, path)) response.writeHead(200).end("portal");
});
let port = 0;

beforeAll(async () => {
  await useEnvironment({});
  port = await listenOn(server, { port: 0, host: "127.0.0.1" });
});
afterAll(() => closeGracefully(server));

describe("what the public plane answers itself", () => {
  it.each(["/orgs/%E0%A4%A/portal", "/api/v1/%E0%A4%A", "/api/auth/%E0", "/%", "/sign-in%"])(
    "%s cannot be decoded and gets a 400 instead of an error of the portal",
    async (path) => {
      for (const method of ["GET", "POST", "DELETE"]) {
        const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ code: "request.malformed" });
      }
    },
  );

  it.each(["TRACE", "PROPFIND", "LINK"])("%s is no method of any page, which Next would fail on", async (method) => {
    for (const path of ["/", "/sign-in", "/api/v1/admin/signing-key", "/orgs/acme-corp/oauth/authorize"]) {
      const response = await new Promise<IncomingMessage>((resolve, reject) =>
        request({ host: "127.0.0.1", port, path, method }, resolve).on("error", reject).end(),
      );
      response.resume();
      expect(response.statusCode).toBe(405);
      expect(response.headers).toMatchObject({
        "content-type": "application/problem+json",
        allow: expect.stringContaining("GET, HEAD, POST"),
      });
    }
  });

  it.each(["/", "/orgs/acme-corp/portal", "/orgs/gr%C3%BC%C3%9Fe/portal", "/sign-in?callback=%"])(
    "%s is the portal's",
    async (path) => {
      expect(await (await fetch(`http://127.0.0.1:${port}${path}`)).text()).toBe("portal");
    },
  );
});
