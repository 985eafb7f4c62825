import { NextRequest } from "next/server";
import { beforeAll, expect, it } from "vitest";
import { answerNextAuth } from "#lib/auth/next-auth.ts";
import { useEnvironment } from "../support/database.ts";

const context = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };

beforeAll(() => useEnvironment({}));

it("A2: a body without a declared length is read up to the limit and no further", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  const request = new NextRequest("http://localhost:3000/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: endless,
    duplex: "half",
  });
  await expect(answerNextAuth(request, context)).rejects.toMatchObject({ code: "request.too_large" });
  expect(pulled).toBeLessThan(20);
});

it.each([
  ["GET", ["callback", "credentials"], "request.method_not_allowed"],
  ["POST", ["_log"], "request.not_found"],
  ["GET", ["verify-request"], "request.not_found"],
])("A2: %s of %j is refused before next-auth sees it", async (method, nextauth, code) => {
  const request = new NextRequest(`http://localhost:3000/api/auth/${nextauth.join("/")}`, { method });
  await expect(answerNextAuth(request, { params: Promise.resolve({ nextauth }) })).rejects.toMatchObject({ code });
});
