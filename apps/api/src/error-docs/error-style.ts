import { createHash } from 'node:crypto'

/** The report's colours and type, for a page of a few lines and one of a table. */
const STYLE = `
:root{color-scheme:light dark;--page:#fbfaf7;--sheet:#fff;--ink:#2b2f33;--quiet:#5f666d;--line:#e4e1d9;--ground:#f0eee8;--link:#1f5d87}
@media (prefers-color-scheme:dark){:root{--page:#16191c;--sheet:#1d2125;--ink:#e4e3df;--quiet:#a8adb1;--line:#353a3f;--ground:#2a2f34;--link:#8cc1e6}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:17px/1.65 system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:50rem;margin:0 auto;padding:3rem 1.25rem 4rem}
h1{font-size:1.6rem;font-weight:600;line-height:1.3;margin:0 0 1.2rem}
h2{font-size:1.05rem;font-weight:600;margin:1.6rem 0 .3rem}
p{margin:0 0 .6rem}
section{background:var(--sheet);border:1px solid var(--line);border-radius:14px;padding:1.6rem 2rem;margin:0 0 1.4rem}
section>:first-child{margin-top:0}
a{color:var(--link)}
code,pre{font:.9em/1.5 ui-monospace,"SF Mono",Consolas,monospace}
code{background:var(--ground);border-radius:4px;padding:.1em .3em}
pre{background:var(--ground);border-radius:10px;padding:1rem 1.2rem;margin:0;overflow-x:auto}
.lead{font-size:1.15rem}
.quiet,dt,th{color:var(--quiet)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1rem 1.5rem;margin:1.2rem 0 0}
dt{font-size:.9rem}
dd{margin:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;font-weight:400;padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line)}
td:nth-child(-n+2),th{white-space:nowrap}
tr:last-child td{border-bottom:0}
@media (max-width:36rem){main{padding:1.6rem .8rem 3rem}section{padding:1.2rem 1rem}thead{display:none}tr{display:block;padding:.7rem 0;border-bottom:1px solid var(--line)}tr:last-child{border-bottom:0}td{display:inline;border:0;padding:0 .6rem 0 0}td:last-child{display:block;padding:.2rem 0 0}}
`

const hash = createHash('sha256').update(STYLE).digest('base64')

/** Its own style, and nothing else: no script, no request, in no frame. */
export const ERROR_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** @param body markup; whatever is text in it has been escaped */
export function wrapPage(title: string, body: string): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${title} · BeMore</title><style>${STYLE}</style></head><body><main>`,
    body,
    '</main></body></html>',
  ].join('\n')
}
