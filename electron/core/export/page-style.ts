import { hatches, hatchNames } from '#contract/treemap/hatch-cells.ts';
import { darkColors, lightColors, type ColorName } from './report-colors.ts';

const colorNames = Object.keys(lightColors) as ColorName[];
const variables = (colors: Readonly<Record<ColorName, string>>): string =>
  colorNames.map((name) => `--${name}:${colors[name]}`).join(';');

/** Gives the picture the page's theme: its default colors are those of the light one. */
const pictureFills = [
  ...(['run', 'copy', 'base', 'other'] as const).flatMap((origin) => [
    `${origin}-fill` as const,
    `${origin}-head` as const
  ]),
  ...hatchNames.flatMap((name) => [hatches[name].fill, hatches[name].stripe])
]
  .map((name) => `.${name}{fill:var(--${name})}`)
  .join('\n');

/** The style of a report's page. */
export const pageStyle = `
:root{color-scheme:light dark;${variables(lightColors)}}
@media (prefers-color-scheme:dark){:root{${variables(darkColors)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1240px;padding:24px 20px 40px;background:var(--bg);color:var(--text);font:13px/1.45 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0 0 8px;font-size:20px;overflow-wrap:anywhere;unicode-bidi:isolate}
h2{margin:0 0 12px;font-size:16px}
section{margin-top:20px;padding:16px;border:1px solid var(--line);border-radius:10px;background:var(--panel);overflow-x:auto}
dl{display:flex;flex-wrap:wrap;gap:4px 24px;margin:0}
dl div{display:flex;gap:8px;min-width:0}
dt,small,th,footer,.tile span{color:var(--dim)}
dd{margin:0;font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere;unicode-bidi:isolate}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px}
.tile{display:flex;flex-direction:column;gap:2px}
.tile b{font-size:20px}
.picture svg{display:block;max-width:100%;height:auto}
.picture svg svg{max-width:none}
table{width:100%;border-collapse:collapse}
th{padding:4px 8px;vertical-align:bottom;font-weight:500;font-size:12px;text-align:right;white-space:nowrap}
th.wide{width:100%;min-width:200px;text-align:left}
th.image{min-width:96px;max-width:200px;white-space:normal;overflow-wrap:anywhere}
td{padding:5px 8px;border-top:1px solid var(--line);vertical-align:top}
.number{font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px;text-align:right;white-space:nowrap}
.code{font-family:"JetBrains Mono",ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere;unicode-bidi:isolate}
.rules{margin:0;padding:0;list-style:none}
.rules li{padding-left:68px;text-indent:-68px}
.rules b{display:inline-block;min-width:68px;text-indent:0}
.passed b{color:var(--go)}
.failed b{color:var(--bad)}
.disabled b{color:var(--dim)}
footer{margin-top:20px;font-size:12px}
.paper{fill:var(--panel)}
.ink{fill:var(--text)}
.quiet{fill:var(--dim)}
.dashed{stroke:var(--accent)}
td.go{color:var(--go)}
td.bad{color:var(--bad)}
td.dim{color:var(--dim)}
text.go{fill:var(--go)}
text.bad{fill:var(--bad)}
text.dim{fill:var(--dim)}
.even td{width:33%}
${pictureFills}
@media screen and (max-width:640px){
body{padding:16px 12px 32px}
.tiles{grid-template-columns:repeat(auto-fit,minmax(140px,1fr))}
section{padding:12px}
table,tbody,tr,td{display:block}
thead{display:none}
tr{padding:6px 0;border-top:1px solid var(--line)}
td,td.number,.even td{display:grid;grid-template-columns:minmax(84px,34%) minmax(0,1fr);gap:8px;width:auto;padding:2px 0;border:0;text-align:left;white-space:normal;overflow-wrap:anywhere}
td::before{content:attr(data-label);color:var(--dim);font:12px/1.45 Inter,system-ui,sans-serif}
}
@page{size:A4;margin:12mm}
@media print{
:root{color-scheme:light;${variables(lightColors)}}
body{max-width:none;padding:0;background:none;font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
section{padding:8px 0;border:0;overflow:visible}
h2,.picture,.tile,tr{break-inside:avoid}
h2{break-after:avoid}
.number,.code,th{font-size:9px}
.number,th{white-space:normal}
th,td{padding:3px 4px}
th.wide{width:auto;min-width:150px}
th.image{min-width:56px}
}
`;
