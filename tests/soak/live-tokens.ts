// The tokens of a soak that must still verify.
import { decodeJwt, decodeProtectedHeader } from "jose";

/** What a token is for: an API that a machine or a person's application calls, or the application itself. */
export type TokenKind = "machine" | "person" | "identity";
/** A token with what it takes to judge a verification; `endsAt` in milliseconds since 1970. */
export type LiveToken = { token: string; kind: TokenKind; kid: string; subject: string; endsAt: number };

/** Nothing is asked of a token in its last moments, in which it may end on the way. */
const MARGIN_MILLISECONDS = 500;

/** Tokens in the order in which they end. */
export class LiveTokens {
  #tokens: LiveToken[] = [];

  /** Takes a token in, and lets go of those that have ended. */
  add(token: string, kind: TokenKind): void {
    const { exp = 0, sub = "" } = decodeJwt(token);
    const { kid = "" } = decodeProtectedHeader(token);
    this.#letGo();
    const live = { token, kind, kid, subject: sub, endsAt: exp * 1000 };
    const later = this.#tokens.findLastIndex(({ endsAt }) => endsAt <= live.endsAt);
    this.#tokens.splice(later + 1, 0, live);
  }

  /** In turns the one that ends next, whose key goes first, and any other. */
  pick(round: number): LiveToken | undefined {
    this.#letGo();
    const index = round % 2 === 0 ? 0 : Math.floor(Math.random() * this.#tokens.length);
    return this.#tokens[index];
  }

  #letGo(): void {
    const now = Date.now() + MARGIN_MILLISECONDS;
    const living = this.#tokens.findIndex(({ endsAt }) => endsAt > now);
    this.#tokens = living < 0 ? [] : living > 0 ? this.#tokens.slice(living) : this.#tokens;
  }
}
