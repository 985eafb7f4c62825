// next-auth's own addresses: csrf, callback/credentials, session, signout.
import type { NextRequest } from "next/server";
import { answerNextAuth } from "#lib/auth/next-auth.ts";
import { requestContext } from "#lib/auth/request-context.ts";
import { problemResponse } from "#lib/http/route.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    return await answerNextAuth(request, context);
  } catch (error) {
    return problemResponse(error, requestContext(request.headers));
  }
}

export { handle as GET, handle as POST };
