import { formatBytes } from '#contract/format/format-bytes.ts';
import { formatNumber } from '#contract/format/format-number.ts';
import { formatShareOf } from '#contract/format/format-ratio.ts';
import { formatPercent } from '#contract/format/format-percent.ts';
import { toOneLine } from '#contract/format/to-one-line.ts';
import type { AnalyzedLayer, AnalysisReport, RuleResult } from '#contract/schema/analysis.ts';
import type { HistoryRow } from '#contract/schema/image.ts';
import { words } from '#contract/words/words.ts';
import { shorten } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { writePageShell } from './write-page-shell.ts';
import { writeTable, type TableCell } from './write-table.ts';

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
<section><h2>${words.report.savings}</h2>${savingsTable(report)}</section>
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
  const wastedShare = words.report.wastedOf(formatShareOf(report.wastedUserFraction));
  const entries: [string, string, string][] = [
    [words.report.size, formatBytes(report.imageSizeBytes), words.layers.layerCount(report.layers.length)],
    [words.report.userSize, formatBytes(report.userSizeBytes), ''],
    [words.report.files, formatNumber(report.fileCount), ''],
    [words.report.removableBytes, formatBytes(report.removableBytes), ''],
    [words.report.hiddenBytes, formatBytes(report.hiddenBytes), ''],
    [words.report.efficiency, formatPercent(report.efficiency), ''],
    [words.report.wasted, formatBytes(report.wastedBytes), wastedShare]
  ];
  return entries.map(
    ([label, value, hint]) => markup`<div class="tile"><span>${label}</span><b>${value}</b><small>${hint}</small></div>`
  );
}

function layerTable(layers: readonly AnalyzedLayer[], history: readonly HistoryRow[]): Markup {
  const { columns } = words.report;
  const rows = layers.map((layer): TableCell[] => {
    const made = history.find(({ layerIndex }) => layerIndex === layer.index);
    return [
      ['number', layer.index],
      ['code', shorten(nameLayer(layer, made), maxTextLength)],
      ['number', made?.line ?? words.layers.noValue],
      ['number', formatBytes(layer.sizeBytes)],
      ['number', formatBytes(layer.storedBytes)],
      ['number', formatNumber(layer.added)],
      ['number', formatNumber(layer.modified)],
      ['number', formatNumber(layer.removed)]
    ];
  });
  const { index, instruction, line, size, stored, added, modified, removed } = columns;
  return writeTable(
    [
      { label: index },
      { label: instruction, className: 'wide' },
      ...[line, size, stored, added, modified, removed].map((label) => ({ label }))
    ],
    rows
  );
}

/** The instruction that created a layer, as in the window. */
function nameLayer({ command }: AnalyzedLayer, made: HistoryRow | undefined): string {
  const name = made === undefined ? command : toOneLine(made.instruction === '' ? made.createdBy : made.instruction);
  return name === '' ? words.layers.unknownInstruction : name;
}

function savingsTable({ savings }: AnalysisReport): Markup {
  if (savings.length === 0) return markup`<p>${words.report.noSavings}</p>`;
  const { savingsColumns } = words.report;
  const paths = savings.flatMap(({ ruleId, paths: found }) => found.map((path) => ({ ruleId, ...path })));
  paths.sort((a, b) => b.sizeBytes - a.sizeBytes);
  const rows = paths.slice(0, maxPaths).map(({ ruleId, path, layer, sizeBytes }): TableCell[] => [
    ['text', words.savings[ruleId].title],
    ['code', shorten(path, maxTextLength)],
    ['number', layer],
    ['number', formatBytes(sizeBytes)]
  ]);
  const left = paths.length - rows.length;
  const table = writeTable(
    [
      { label: savingsColumns.rule },
      { label: savingsColumns.path, className: 'wide' },
      { label: savingsColumns.layer },
      { label: savingsColumns.size }
    ],
    rows
  );
  return markup`${table}${left > 0 ? markup`<p>${words.report.more(left)}</p>` : markup``}`;
}

function wasteTable({ inefficientPaths }: AnalysisReport): Markup {
  if (inefficientPaths.length === 0) return markup`<p>${words.report.noWaste}</p>`;
  const { wasteColumns } = words.report;
  const filled = inefficientPaths.filter(({ sizeBytes }) => sizeBytes > 0);
  const rows = filled.slice(0, maxPaths).map(({ path, times, sizeBytes, layers }): TableCell[] => [
    ['number', formatBytes(sizeBytes)],
    ['number', times],
    ['number', shorten(layers.join(', '), 60)],
    ['code', shorten(path, maxTextLength)]
  ]);
  const table = writeTable(
    [
      { label: wasteColumns.size },
      { label: wasteColumns.copies },
      { label: wasteColumns.layers },
      { label: wasteColumns.path, className: 'wide' }
    ],
    rows
  );
  const left = filled.length - rows.length;
  const empty = inefficientPaths.length - filled.length;
  const rest = [
    ...(left > 0 ? [words.report.more(left)] : []),
    ...(empty > 0 ? [words.files.waste.emptyPaths(empty)] : [])
  ];
  return markup`${rows.length > 0 ? table : markup``}${rest.map((line) => markup`<p>${line}</p>`)}`;
}

function ruleItem({ rule, outcome, threshold, actual }: RuleResult): Markup {
  const format = (value: number): string => (rule === 'highestWastedBytes' ? formatBytes(value) : formatPercent(value));
  const measured = threshold === null ? format(actual) : words.report.ruleLimit(format(actual), format(threshold));
  return markup`<li class="${outcome}"><b>${words.report.outcomes[outcome]}</b> ${words.report.ruleNames[rule]}: ${measured}</li>`;
}
