/** What a person can do next: a link that looks like a button. `href` is a path of ours. */
export type WayOn = { href: string; label: string };

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page of one sentence, and a button where there is a way on; it needs neither scripts nor files. */
export function plainPage(text: string, way?: WayOn): string {
  const button = way ? `<p><a class="b" href="${escaped(way.href)}">${escaped(way.label)}</a></p>` : '';
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>跟进</title><style>:root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;max-width:22em;margin:28vh auto 0;padding:0 24px;text-align:center}
.b{display:inline-block;margin-top:12px;padding:8px 32px;border-radius:8px;background:#07834a;color:#fff;text-decoration:none}</style>
<p role="alert">${escaped(text)}</p>${button}</html>`;
}
