import { formatBytes } from '#contract/format/format-bytes.ts';
import { formatNumber } from '#contract/format/format-number.ts';
import { formatPercent } from '#contract/format/format-percent.ts';
import type { AnalyzedLayer, AnalysisReport, RuleResult } from '#contract/schema/analysis.ts';
import type { HistoryRow } from '#contract/schema/image.ts';
import { words } from '#contract/words/words.ts';
import { shorten } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { writePageShell } from './write-page-shell.ts';

export interface ReportPage {
  readonly name: string;
  readonly report: AnalysisReport;
  /** For the Dockerfile lines of the layers. */
  readonly history: readonly HistoryRow[];
  readonly picture: Markup;
}

const maxPaths = 200;
const maxTextLength = 2000;

/** The analysis as one HTML page without external resources or scripts. */
export function writeAnalysisPage({ name, report, history, picture }: ReportPage): string {
  return writePageShell({
    title: words.report.pageTitle(name),
    header: markup`<h1>${shorten(name, maxTextLength)}</h1>${facts(report)}`,
    main: markup`<section aria-label="${words.report.numbers}" class="tiles">${tiles(report)}</section>
<section><h2>${words.report.picture}</h2><div class="picture">${picture}</div></section>
<section><h2>${words.report.layers}</h2>${layerTable(report.layers, history)}</section>
<section><h2>${words.report.waste}</h2>${wasteTable(report)}</section>
<section><h2>${words.report.rules}</h2><ul class="rules">${report.rules.map(ruleItem)}</ul></section>`,
    footer: words.report.madeBy
  });
}

function facts({ tags, platform, source, imageId, configDigest, manifestDigest }: AnalysisReport): Markup {
  const entries: [string, string][] = [
    [words.report.tags, tags.join(', ')],
    [words.report.platform, platform],
    [words.report.source, `${words.report.sources[source.kind]} ${source.name}`],
    [words.report.imageId, imageId ?? ''],
    [words.report.configDigest, configDigest ?? ''],
    [words.report.manifestDigest, manifestDigest ?? '']
  ];
  const shown = entries.filter(([, value]) => value !== '');
  return markup`<dl>${shown.map(([label, value]) => markup`<div><dt>${label}</dt><dd>${shorten(value, maxTextLength)}</dd></div>`)}</dl>`;
}

function tiles(report: AnalysisReport): Markup[] {
  const wastedShare = words.report.wastedOf(formatPercent(report.wastedUserFraction));
  const entries: [string, string, string][] = [
    [words.report.size, formatBytes(report.imageSizeBytes), words.layers.layerCount(report.layers.length)],
    [words.report.userSize, formatBytes(report.userSizeBytes), ''],
    [words.report.files, formatNumber(report.fileCount), ''],
    [words.report.efficiency, formatPercent(report.efficiency), ''],
    [words.report.wasted, formatBytes(report.wastedBytes), wastedShare],
    [words.report.hiddenBytes, formatBytes(report.hiddenBytes), '']
  ];
  return entries.map(
    ([label, value, hint]) => markup`<div class="tile"><span>${label}</span><b>${value}</b><small>${hint}</small></div>`
  );
}

function layerTable(layers: readonly AnalyzedLayer[], history: readonly HistoryRow[]): Markup {
  const { columns } = words.report;
  const rows = layers.map((layer) => {
    const made = history.find(({ layerIndex }) => layerIndex === layer.index);
    const instruction = layer.command === '' ? words.layers.unknownInstruction : layer.command;
    const line = made?.line == null ? words.layers.noValue : String(made.line);
    return markup`<tr><td class="number">${layer.index}</td><td class="code">${shorten(instruction, maxTextLength)}</td><td class="number">${line}</td><td class="number">${formatBytes(layer.sizeBytes)}</td><td class="number">${formatBytes(layer.storedBytes)}</td><td class="number">${layer.added}</td><td class="number">${layer.modified}</td><td class="number">${layer.removed}</td></tr>
`;
  });
  return markup`<table><thead><tr><th>${columns.index}</th><th class="wide">${columns.instruction}</th><th>${columns.line}</th><th>${columns.size}</th><th>${columns.stored}</th><th>${columns.added}</th><th>${columns.modified}</th><th>${columns.removed}</th></tr></thead><tbody>
${rows}</tbody></table>`;
}

function wasteTable({ inefficientPaths }: AnalysisReport): Markup {
  if (inefficientPaths.length === 0) return markup`<p>${words.report.noWaste}</p>`;
  const { wasteColumns } = words.report;
  const rows = inefficientPaths.slice(0, maxPaths).map(
    ({ path, times, sizeBytes, layers }) =>
      markup`<tr><td class="number">${formatBytes(sizeBytes)}</td><td class="number">${times}</td><td class="number">${shorten(layers.join(', '), 60)}</td><td class="code">${shorten(path, maxTextLength)}</td></tr>
`
  );
  const left = inefficientPaths.length - rows.length;
  return markup`<table><thead><tr><th>${wasteColumns.size}</th><th>${wasteColumns.copies}</th><th>${wasteColumns.layers}</th><th class="wide">${wasteColumns.path}</th></tr></thead><tbody>
${rows}</tbody></table>${left > 0 ? markup`<p>${words.report.more(left)}</p>` : markup``}`;
}

function ruleItem({ rule, outcome, threshold, actual }: RuleResult): Markup {
  const format = (value: number): string => (rule === 'highestWastedBytes' ? formatBytes(value) : formatPercent(value));
  const measured = threshold === null ? format(actual) : words.report.ruleLimit(format(actual), format(threshold));
  return markup`<li class="${outcome}"><b>${words.report.outcomes[outcome]}</b> ${words.report.ruleNames[rule]}: ${measured}</li>`;
}
