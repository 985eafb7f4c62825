// A page without the portal's machinery, for answers that need a status or a form of their own.

const STYLE = `
:root{color-scheme:light;--canvas:#f4f7f8;--surface:#fdfefe;--line:#d8dfe2;--ink:#10191d;--muted:#42515a;--accent:#17606f;--on:#fff}
@media(prefers-color-scheme:dark){:root{color-scheme:dark;--canvas:#0a1114;--surface:#10181c;--line:#263238;--ink:#e9eef0;--muted:#aebac0;--accent:#6cc7da;--on:#0b1a20}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:3rem 1rem;background:var(--canvas);color:var(--ink);font:15px/1.5 "Inter Variable",Inter,ui-sans-serif,system-ui,sans-serif}
main{width:100%;max-width:26rem}
svg{width:40px;height:40px;display:block}
h1{margin:1.25rem 0 .5rem;font-size:1.25rem;line-height:1.3;font-weight:600;letter-spacing:-.015em}
p{margin:.5rem 0;color:var(--muted);overflow-wrap:anywhere}
code{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;user-select:all}
small{font-size:12px}
a{color:var(--accent);font-weight:500;text-underline-offset:3px}
button{margin-top:1rem;height:44px;padding:0 1.1rem;border:0;border-radius:6px;background:var(--accent);color:var(--on);font:inherit;font-weight:500;cursor:pointer}
a:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`;
const MARK = `<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="var(--accent)" d="M10.2 1.5h11.6l8.7 8.7v11.6l-8.7 8.7H10.2l-8.7-8.7V10.2z"/><path fill="none" stroke="var(--on)" stroke-width="2.9" stroke-linecap="round" d="M20.6 11.8c-.8-1.7-2.5-2.6-4.7-2.6-2.7 0-4.6 1.3-4.6 3.4 0 4.7 9.6 2 9.6 6.8 0 2.2-2 3.5-4.9 3.5-2.4 0-4.2-1-5-2.8"/></svg>`;

/** A form that posts itself to another site; without scripts the person presses its button. */
type PostingForm = { action: string; fields: Readonly<Record<string, string>>; button: string };

/** What a plain page says; everything is text, nothing markup. */
export type PlainPage = {
  status: number;
  title: string;
  message: string;
  link?: { href: string; text: string };
  /** The reference under which the log has more. */
  reference?: string;
  form?: PostingForm;
};

/** The response; a nonce covers its one style and its one script, and nobody may frame it. */
export function plainPage(page: PlainPage): { status: number; headers: Record<string, string>; body: string } {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  return { status: page.status, headers: pageHeaders(nonce, page.form), body: render(page, nonce) };
}

function pageHeaders(nonce: string, form: PostingForm | undefined): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // The form leads to wherever the application registered, by whatever scheme; it is the only one here.
    ...(form === undefined ? ["form-action 'none'"] : [`script-src 'nonce-${nonce}'`]),
  ];
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
  };
}

function render({ title, message, link, reference, form }: PlainPage, nonce: string): string {
  const parts = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(message)}</p>`,
    ...(link === undefined ? [] : [`<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>`]),
    ...(form === undefined ? [] : [renderForm(form, nonce)]),
    ...(reference === undefined
      ? []
      : [`<p><small>Reference for the log: <code>${escapeHtml(reference)}</code></small></p>`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Signet</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
${MARK}
${parts.join("\n")}
</main>
</body>
</html>
`;
}

function renderForm({ action, fields, button }: PostingForm, nonce: string): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">
${inputs.join("\n")}
<button>${escapeHtml(button)}</button>
</form>
<script nonce="${nonce}">document.forms[0].submit()</script>`;
}

/** Line breaks are written out, because an attribute would otherwise lose a carriage return. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
