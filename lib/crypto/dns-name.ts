// Turns a host name that somebody typed into the form that certificates hold, or says that it is none.
import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { isHostName } from "./certificate-extensions.ts";

const WILDCARD = "*.";
/** What the URL parser would read as something else than a part of the name. */
const FOREIGN = /[\s%/?#@:[\]\\_*]/;

/** The name in ASCII and lower case (IDN as punycode), perhaps with a leading `*.`; null when it is no DNS name. @see RFC 5891 */
export function toAsciiHostName(text: string): string | null {
  const isWildcard = text.startsWith(WILDCARD);
  const name = (isWildcard ? text.slice(WILDCARD.length) : text).replace(/\.$/, "");
  if (FOREIGN.test(name)) return null;
  const ascii = domainToASCII(name);
  const labels = ascii.split(".");
  const isNumeric = /^\d*$/.test(labels.at(-1) ?? "");
  if (ascii === "" || isNumeric || isIP(ascii) !== 0 || (isWildcard && labels.length < 2)) return null;
  // A label that begins with xn-- must be one that decodes.
  if (domainToASCII(domainToUnicode(ascii)) !== ascii) return null;
  const whole = isWildcard ? `${WILDCARD}${ascii}` : ascii;
  return isHostName(whole) ? whole : null;
}
