import { nameAnalysis } from '#contract/domain/name-analysis.ts';
import { formatBytes } from '#contract/format/format-bytes.ts';
import { formatPercent } from '#contract/format/format-percent.ts';
import { formatShareOf } from '#contract/format/format-ratio.ts';
import type { AnalysisReport, RuleResult } from '#contract/schema/analysis.ts';
import { words } from '#contract/words/words.ts';
import { cutText } from './cut-text.ts';
import { replaceControls } from './replace-controls.ts';

const MAX_PATHS = 20;
/** In a narrow terminal lines wrap rather than lose everything. */
const minimumLastColumn = 20;

/**
 * The report as text: the image, its layers as a table, the waste, and the results of the rules. Lines fit `columns`; null cuts nothing.
 */
export function printReport(report: AnalysisReport, columns: number | null): string {
  const { platform, layers, inefficientPaths } = report;
  const text = words.cli.report;
  const title = [nameAnalysis(report), platform].filter((part) => part !== '').join('  ');
  const lines = [
    replaceControls(title),
    '',
    ...facts(columns, [
      [text.size, text.sizeOf(formatBytes(report.imageSizeBytes), layers.length, report.fileCount)],
      [text.removable, formatBytes(report.removableBytes)],
      [text.hidden, text.hiddenOf(formatBytes(report.hiddenBytes))],
      [text.efficiency, formatPercent(report.efficiency)],
      [text.wasted, text.wastedOf(formatBytes(report.wastedBytes), formatShareOf(report.wastedUserFraction))]
    ]),
    '',
    ...table(
      text.layerColumns,
      layers.map((layer) => [
        String(layer.index),
        formatBytes(layer.sizeBytes),
        String(layer.added),
        String(layer.modified),
        String(layer.removed),
        replaceControls(layer.command)
      ]),
      columns
    )
  ];
  if (report.savings.length > 0) lines.push('', ...savingLines(report, columns));
  if (inefficientPaths.length > 0) {
    const filled = inefficientPaths.filter(({ sizeBytes }) => sizeBytes > 0);
    const shown = filled.slice(0, MAX_PATHS);
    const rows = shown.map(({ times, sizeBytes, path }) => [
      String(times),
      formatBytes(sizeBytes),
      replaceControls(path)
    ]);
    lines.push('', ...(rows.length > 0 ? table(text.pathColumns, rows, columns) : []));
    const more = filled.length - shown.length;
    if (more > 0) lines.push(text.morePaths(more));
    const empty = inefficientPaths.length - filled.length;
    if (empty > 0) lines.push(words.files.waste.emptyPaths(empty));
  }
  lines.push('', ...report.rules.map(ruleLine), '');
  return lines.join('\n');
}

/** The largest removable paths, each with its layer and its rule. */
function savingLines({ savings }: AnalysisReport, columns: number | null): string[] {
  const text = words.cli.report;
  const paths = savings.flatMap(({ ruleId, paths: found }) => found.map((path) => ({ ruleId, ...path })));
  paths.sort((a, b) => b.sizeBytes - a.sizeBytes);
  const rows = paths
    .slice(0, MAX_PATHS)
    .map(({ ruleId, path, layer, sizeBytes }) => [
      formatBytes(sizeBytes),
      String(layer),
      text.saving(replaceControls(path), words.savings[ruleId].title)
    ]);
  const more = paths.length - rows.length;
  return [...table(text.savingColumns, rows, columns), ...(more > 0 ? [text.morePaths(more)] : [])];
}

function ruleLine({ rule, outcome, threshold, actual }: RuleResult): string {
  const text = words.cli.report;
  const value = (number: number): string => (rule === 'highestWastedBytes' ? text.bytes(number) : number.toFixed(4));
  const limit = threshold === null ? text.disabled : text.limit(value(actual), value(threshold));
  return `${text.outcomes[outcome]}  ${rule}: ${limit}`;
}

/** Names in one column, their values in the next. */
function facts(columns: number | null, rows: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => cutText(`${name.padEnd(width)}${value}`, columns ?? Infinity));
}

/** Numbers aligned to the right, the last column to the left and cut to what `columns` leaves for it. */
function table(head: readonly string[], rows: readonly (readonly string[])[], columns: number | null): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const last = head.length - 1;
  const used = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  const room = columns === null ? Infinity : Math.max(minimumLastColumn, columns - used);
  return [head, ...rows].map((row) =>
    row.map((cell, column) => (column === last ? cutText(cell, room) : cell.padStart(widths[column] ?? 0))).join('  ')
  );
}
