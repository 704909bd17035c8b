import { createHash } from 'node:crypto'

/** One style for every report, so that one hash lets it through a content security policy. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:#fbfaf7;--sheet:#fff;--ink:#2b2f33;--quiet:#5f666d;--line:#e4e1d9;--ground:#f0eee8;--pause:#dcd9d0;--pause-edge:#aaa699;--valence:#1f6391;--arousal:#a4621a;--bar:#4f7f8f;--warm:#f6f1e6;--warm-edge:#c9b68c;--link:#1f5d87}
@media (prefers-color-scheme:dark){:root{--page:#16191c;--sheet:#1d2125;--ink:#e4e3df;--quiet:#a8adb1;--line:#353a3f;--ground:#2a2f34;--pause:#3b4045;--pause-edge:#6b7177;--valence:#7fb8e0;--arousal:#e3a868;--bar:#7fa9b6;--warm:#2a271f;--warm-edge:#7b6d4b;--link:#8cc1e6}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:17px/1.7 system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:50rem;margin:0 auto;padding:3rem 1.25rem 4rem}
h1{font-size:1.9rem;font-weight:600;line-height:1.25;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.22rem;font-weight:600;line-height:1.35;margin:0 0 .9rem}
h3{font-size:1rem;font-weight:600;margin:1.8rem 0 .4rem}
p{margin:0 0 .9rem}
p:last-child,ul:last-child,ol:last-child{margin-bottom:0}
.lead{font-size:1.08rem}
.quiet,small,.subtitle,dt,caption{color:var(--quiet)}
.quiet{font-size:.95rem}
header{margin-bottom:1.6rem}
.notice{border-left:3px solid var(--warm-edge);padding:.2rem 0 .2rem 1rem;margin:0 0 2rem}
section{background:var(--sheet);border:1px solid var(--line);border-radius:14px;padding:1.8rem 2rem;margin:0 0 1.4rem}
section.support{background:var(--warm);border-color:var(--warm-edge)}
ul{padding-left:1.2rem;margin:0 0 .9rem}
li{margin:0 0 .5rem}
a{color:var(--link)}
.contacts{list-style:none;padding:0}
.contacts li{margin:0 0 .6rem}
.contacts a[href^="tel"]{font-weight:600;white-space:nowrap}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:1rem 1.5rem;margin:1.2rem 0 .9rem}
dt{font-size:.9rem}
dd{margin:0;font-size:1.05rem}
figure{margin:.6rem 0 1rem}
.chart{overflow-x:auto}
svg{display:block;width:100%;min-width:34rem;height:auto;font-size:12px}
.f-ink{fill:var(--ink)}.f-quiet{fill:var(--quiet)}.f-ground{fill:var(--ground)}.f-pause{fill:var(--pause);stroke:var(--pause-edge);stroke-width:.75}.f-valence{fill:var(--valence)}.f-arousal{fill:var(--arousal)}.f-bar{fill:var(--bar)}
.s-ink{stroke:var(--ink)}.s-quiet{stroke:var(--quiet)}.s-grid{stroke:var(--line)}.s-valence{stroke:var(--valence)}.s-arousal{stroke:var(--arousal)}
details{margin-top:.6rem;font-size:.92rem}
summary{cursor:pointer;color:var(--quiet)}
table{border-collapse:collapse;width:100%;margin:.8rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.2rem 0 .4rem}
th,td{text-align:left;font-weight:400;padding:.28rem .7rem .28rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-size:.88rem}
.quotes{list-style:none;padding:0;margin:.4rem 0 .9rem}
.quotes li{display:flex;gap:1rem;margin:0 0 .8rem}
.quotes div{min-width:0}
.when{flex:0 0 3.6rem;color:var(--quiet);font-size:.9rem;line-height:1.9;font-variant-numeric:tabular-nums}
q{display:block}
q::before{content:"\\201c"}q::after{content:"\\201d"}
small{font-size:.85rem}
footer{color:var(--quiet);font-size:.9rem;padding:0 .4rem}
@media (max-width:36rem){main{padding:1.6rem .8rem 3rem}section{padding:1.3rem 1.1rem}.when{flex-basis:3rem}}
@page{size:A4;margin:16mm 15mm 18mm}
@media print{:root{color-scheme:light;--page:#fff;--sheet:#fff;--ink:#1c1f22;--quiet:#555b61;--line:#d6d3cb;--ground:#f0eee8;--pause:#dcd9d0;--pause-edge:#8f8b80;--valence:#1f6391;--arousal:#a4621a;--bar:#4f7f8f;--warm:#fff;--warm-edge:#8f8158;--link:#1c1f22}body{font-size:10.5pt}main{max-width:none;padding:0}section{border:0;border-top:1px solid var(--line);border-radius:0;padding:5mm 0 3mm;margin:0}section.support{border:1px solid var(--warm-edge);padding:5mm}h2,h3,h2+p{break-after:avoid}figure,dl,.quotes li,.contacts li{break-inside:avoid}details:not([open]){display:none}svg{min-width:0}a{text-decoration:none}}
`

const hash = createHash('sha256').update(REPORT_STYLE).digest('base64')

/** Lets the page's own style through and nothing else: no script, no image, no request of any kind. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
