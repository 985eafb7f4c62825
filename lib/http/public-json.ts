import "server-only";
// Answers a document that everybody may read, made once of the public URL.
import { env } from "../env.ts";

const documents = new WeakMap<object, string>();

/** The document as a response that may be cached for five minutes. */
export function publicJson(make: (publicUrl: string) => object): Response {
  let text = documents.get(make);
  if (text === undefined) {
    text = JSON.stringify(make(env().publicUrl));
    documents.set(make, text);
  }
  return new Response(text, {
    headers: {
      "content-type": "application/json",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
