import type { AnalysisReport, RuleResult } from '#contract/schema/analysis.ts';

const MAX_PATHS = 20;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** The report as text: the image, its layers as a table, what is wasted, and what the rules say. */
export function printReport(report: AnalysisReport): string {
  const { source, tags, platform, layers, inefficientPaths } = report;
  const title = [tags[0] ?? source.name, platform].filter((part) => part !== '').join('  ');
  const lines = [
    clean(title),
    '',
    `Size        ${formatBytes(report.imageSizeBytes)} in ${layers.length} layers, ${report.fileCount} files`,
    `Efficiency  ${percent(report.efficiency)}`,
    `Wasted      ${formatBytes(report.wastedBytes)}, ${percent(report.wastedUserFraction)} of what is above the first layer`,
    '',
    ...table(
      ['#', 'Size', 'Added', 'Modified', 'Removed', 'Made by'],
      layers.map((layer) => [
        String(layer.index),
        formatBytes(layer.sizeBytes),
        String(layer.added),
        String(layer.modified),
        String(layer.removed),
        clean(layer.command).slice(0, 70)
      ])
    )
  ];
  if (inefficientPaths.length > 0) {
    const shown = inefficientPaths.slice(0, MAX_PATHS);
    const rows = shown.map(({ times, sizeBytes, path }) => [String(times), formatBytes(sizeBytes), clean(path)]);
    lines.push('', ...table(['Times', 'Bytes', 'Path in several layers'], rows));
    const more = inefficientPaths.length - shown.length;
    if (more > 0) lines.push(`and ${more} more`);
  }
  lines.push('', ...report.rules.map(ruleLine), '');
  return lines.join('\n');
}

function ruleLine({ rule, outcome, threshold, actual }: RuleResult): string {
  const mark = { passed: 'pass', failed: 'FAIL', disabled: 'skip' }[outcome];
  const bytes = rule === 'highestWastedBytes';
  const value = (number: number): string => (bytes ? `${number} bytes` : number.toFixed(4));
  const limit = threshold === null ? 'disabled' : `${value(actual)}, limit ${value(threshold)}`;
  return `${mark}  ${rule}: ${limit}`;
}

/** Numbers to the right, the last column as it comes. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const last = head.length - 1;
  return [head, ...rows].map((row) =>
    row.map((cell, column) => (column === last ? cell : cell.padStart(widths[column] ?? 0))).join('  ')
  );
}

function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? value : value.toPrecision(3)} ${UNITS[unit] ?? ''}`;
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** Names come from images; a terminal must not obey them. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
