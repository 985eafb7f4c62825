// A browser without a window: keeps cookies, follows redirects by hand, fills forms as they stand in a page.

/** A page or a redirect that came back. */
export type Visit = { url: string; status: number; headers: Headers; text: string; location: string | null };

/** One person's browser. */
export class BrowserClient {
  readonly #cookies = new Map<string, string>();
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** One request; `form` posts it. Redirects are told, not followed. */
  async visit(address: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Visit> {
    const url = new URL(address, this.#baseUrl);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      method: form === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: { ...(cookie === "" ? {} : { cookie }), ...(form ? { origin: url.origin } : {}), ...headers },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";", 1);
      const equals = pair.indexOf("=");
      const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const location = response.headers.get("location");
    return {
      url: url.href,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? null : new URL(location, url).href,
    };
  }

  /** Follows redirects as long as they stay on this site. */
  async follow(address: string, form?: Record<string, string>): Promise<Visit> {
    let visit = await this.visit(address, form);
    for (let hops = 0; hops < 10 && visit.location?.startsWith(`${this.#baseUrl}/`); hops += 1) {
      visit = await this.visit(visit.location);
    }
    return visit;
  }

  /** Fills the page's one form with these values beside its hidden ones, sends it, and follows. */
  async submit(page: Visit, values: Record<string, string>): Promise<Visit> {
    const action = /<form[^>]*\baction="([^"]*)"/.exec(page.text)?.[1];
    if (action === undefined) throw new Error(`no form at ${page.url}: ${page.status} ${page.text.slice(0, 300)}`);
    return this.follow(action, { ...hiddenFields(page.text), ...values });
  }

  /** Signs in at the sign-in page that an application led to. */
  signIn(page: Visit, person: { email: string; password: string }): Promise<Visit> {
    if (!page.url.includes("/sign-in?")) throw new Error(`no sign-in page: ${page.status} ${page.url}`);
    return this.submit(page, person);
  }

  /** A second browser with the same cookies. */
  copy(): BrowserClient {
    const other = new BrowserClient(this.#baseUrl);
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value);
    return other;
  }
}

/** The hidden fields of a page's forms. */
export function hiddenFields(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? "",
      unescapeHtml(value ?? ""),
    ]),
  );
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_whole, code) => String.fromCharCode(Number(code))).replaceAll("&amp;", "&");
}
