import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { nameImages } from './name-images.ts';
import { formatChanges } from './format-changes.ts';
import { formatImageSize } from './format-image-size.ts';
import { formatPackage } from './format-package.ts';
import { filesBaselineOf, formatPathSize } from './format-path-size.ts';
import { formatUnreadDatabases } from './format-unread-databases.ts';

const maxFiles = 20;
const maxPackages = 30;

/** The comparison as a comment on a pull request: sizes, largest changes, settings. */
export function writeMarkdown(report: ComparisonReport): string {
  const { images, files, settings, changedCount } = report;
  const text = words.compare;
  const names = nameImages(images);
  const shown = files.slice(0, maxFiles);
  const listed = settings.filter(({ field }) => field !== 'history');
  const summary = text.summary(images.length, formatBytes(report.togetherBytes));
  const shared = report.sharedByAllBytes > 0 ? text.sharedByAll(formatBytes(report.sharedByAllBytes)) : text.noneShared;
  const blocks = [
    table(
      [text.report.image, text.report.size, text.report.delta],
      images.map((_, image) => [
        code(names[image] ?? ''),
        formatImageSize(report, image).size,
        formatImageSize(report, image).delta.text
      ])
    ),
    `${summary} · ${shared}`
  ];
  const missing = images.flatMap(({ sizeBytes }, image) => (sizeBytes === null ? [code(names[image] ?? '')] : []));
  if (missing.length > 0) blocks.push(words.remote.reported(missing.join(', ')));
  if (shown.length > 0) {
    const from = filesBaselineOf(report);
    const rows = shown.map(({ path, sizes, changes }) => [
      code(path),
      ...sizes.map((_, image) => formatPathSize({ sizes, changes }, image, from)),
      formatChanges(changes, from)
    ]);
    blocks.push(`### ${text.files.title}`, table([text.files.name, ...names.map(code), text.files.change], rows));
    blocks.push(text.files.count(changedCount));
  }
  blocks.push(...writePackages(report, names));
  if (listed.length > 0) {
    const rows = listed.map(({ field, key, values }) => [
      [text.config.fields[field], code(key)].filter((part) => part !== '').join(' '),
      ...values.map((value) => (value === null ? text.files.missing : code(value)))
    ]);
    blocks.push(`### ${text.views.config}`, table([text.config.setting, ...names.map(code)], rows));
  }
  return `${blocks.join('\n\n')}\n`;
}

/** Empty if the packages were not read. */
function writePackages({ packages, baseline }: ComparisonReport, names: readonly string[]): string[] {
  if (packages === null) return [];
  const { name, change, differing, same, none, unread } = words.compare.packages;
  const blocks = [`### ${words.compare.views.packages}`];
  if (packages.rows.length > 0) {
    const rows = packages.rows.slice(0, maxPackages).map((row) => {
      const listed = formatPackage(row, packages.images.indexOf(baseline), code);
      return [`${code(row.name)} ${row.kind}`, ...listed.images, listed.change];
    });
    const heads = packages.images.map((index) => code(names[index] ?? ''));
    blocks.push(table([name, ...heads, change], rows), differing(packages.changedCount));
  } else if (packages.unread.length === 0) blocks.push(packages.totals.length > 0 ? same : none);
  if (packages.unread.length > 0) {
    const lines = formatUnreadDatabases(packages, names, code).map((line) => `- ${line}`);
    blocks.push(`${unread}:`, lines.join('\n'));
  }
  return blocks;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text from an image must not end its cell, its line or its code span. */
function code(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}`]/gu, '?').replace(/\|/g, '\\|');
  return plain === '' ? '' : `\`${plain}\``;
}
