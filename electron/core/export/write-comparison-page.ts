import { formatBytes } from '#contract/format/format-bytes.ts';
import { formatNumber } from '#contract/format/format-number.ts';
import type { ComparedSetting, ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { shorten } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { filesBaselineOf, formatPathSize } from './format-path-size.ts';
import { writeTable, type TableCell, type TableColumn } from './write-table.ts';
import { writePageShell } from './write-page-shell.ts';
import { shortenName } from './name-images.ts';
import { formatChanges } from './format-changes.ts';
import { formatPackage } from './format-package.ts';
import { formatUnreadDatabases } from './format-unread-databases.ts';
import { formatImageSize } from './format-image-size.ts';

export interface ComparisonPage {
  readonly report: ComparisonReport;
  /** The title of each image. */
  readonly names: readonly string[];
  readonly picture: Markup;
}

const maxFiles = 200;
const maxTextLength = 2000;

/** The comparison as one HTML page without external resources or scripts. */
export function writeComparisonPage({ report, names, picture }: ComparisonPage): string {
  const heads = names.map(toColumn);
  const settings = report.settings.filter(({ field }) => field !== 'history');
  return writePageShell({
    title: words.compare.report.pageTitle(names.map((name) => shorten(name, 200))),
    header: markup`<h1>${words.compare.report.pageTitle(names.map((name) => shorten(name, 200)))}</h1>`,
    main: markup`<section>${sizeTable(report, names)}<p>${totals(report)}</p></section>
<section><h2>${words.compare.views.size}</h2><div class="picture">${picture}</div></section>
<section><h2>${words.compare.files.title}</h2>${fileTable(report, heads)}</section>
${packageSection(report, names)}<section><h2>${words.report.layers}</h2>${layerTable(report, heads)}</section>
<section><h2>${words.compare.views.config}</h2>${settingTable(settings, heads)}</section>`,
    footer: words.compare.report.madeBy
  });
}

const toColumn = (name: string): TableColumn => ({ label: shortenName(name, 60), className: 'image' });

function sizeTable(compared: ComparisonReport, names: readonly string[]): Markup {
  const rows = compared.images.map(({ platform, fileCount }, image): TableCell[] => {
    const { size, delta } = formatImageSize(compared, image);
    return [
      ['code', shorten(names[image] ?? '', maxTextLength)],
      ['number', platform],
      ['number', size],
      [`number ${delta.tone}`, delta.text],
      ['number', fileCount === null ? words.remote.notFetched : formatNumber(fileCount)]
    ];
  });
  const { report } = words.compare;
  return writeTable(
    [
      { label: report.image, className: 'wide' },
      ...[words.report.platform, report.size, report.delta, words.report.files].map((label) => ({ label }))
    ],
    rows
  );
}

function totals({ images, togetherBytes, sharedByAllBytes }: ComparisonReport): string {
  const shared =
    sharedByAllBytes > 0 ? words.compare.sharedByAll(formatBytes(sharedByAllBytes)) : words.compare.noneShared;
  return `${words.compare.summary(images.length, formatBytes(togetherBytes))} · ${shared}`;
}

function fileTable(report: ComparisonReport, heads: readonly TableColumn[]): Markup {
  const { images, files, changedCount } = report;
  const from = filesBaselineOf(report);
  const isComplete = images.every(({ sizeBytes }) => sizeBytes !== null);
  if (changedCount === 0) return markup`<p>${isComplete ? words.compare.files.noneText : words.remote.filesSame}</p>`;
  const rows = files
    .slice(0, maxFiles)
    .map(({ path, sizes, changes }): TableCell[] => [
      ['code', shorten(path, maxTextLength)],
      ...sizes.map((_, image): TableCell => ['number', formatPathSize({ sizes, changes }, image, from)]),
      ['number', formatChanges(changes, from)]
    ]);
  const left = changedCount - rows.length;
  const table = writeTable(
    [{ label: words.compare.files.name, className: 'wide' }, ...heads, { label: words.compare.files.change }],
    rows
  );
  return markup`${table}${left > 0 ? markup`<p>${words.report.more(left)}</p>` : markup``}`;
}

/** Empty if the packages were not read. */
function packageSection({ packages, baseline }: ComparisonReport, names: readonly string[]): Markup {
  if (packages === null) return markup``;
  const heads = packages.images.map((index) => toColumn(names[index] ?? ''));
  const { name, change, differing } = words.compare.packages;
  const rows = packages.rows.slice(0, maxFiles).map((row): TableCell[] => {
    const formatted = formatPackage(row, packages.images.indexOf(baseline), (version) => version);
    return [
      ['code', `${shorten(row.name, maxTextLength)} ${row.kind}`],
      ...formatted.images.map((cell): TableCell => ['number', shorten(cell, maxTextLength)]),
      ['number', formatted.change]
    ];
  });
  const unread = formatUnreadDatabases(packages, names, (formatted) => shorten(formatted, maxTextLength)).map(
    (line) => markup`<li>${line}</li>`
  );
  const note = unread.length > 0 ? markup`<p>${words.compare.packages.unread}:</p><ul>${unread}</ul>` : markup``;
  const table = writeTable([{ label: name, className: 'wide' }, ...heads, { label: change }], rows);
  return markup`<section><h2>${words.compare.views.packages}</h2><p>${differing(packages.changedCount)}</p>${note}${rows.length > 0 ? table : markup``}</section>
`;
}

function layerTable({ layers }: ComparisonReport, heads: readonly TableColumn[]): Markup {
  const rows = layers.map(({ command, layers: own, sharedBy }): TableCell[] => {
    const made = command === '' ? words.layers.unknownInstruction : command;
    const cells = own.map((layer, image): TableCell => {
      const size =
        layer === null
          ? words.compare.files.missing
          : layer.sizeBytes === null
            ? words.remote.notFetched
            : formatBytes(layer.sizeBytes);
      const shared = sharedBy.includes(image) ? markup`<br><small>${words.compare.report.shared}</small>` : markup``;
      return ['number', markup`${size}${shared}`];
    });
    return [['code', shorten(made, maxTextLength)], ...cells];
  });
  return writeTable([{ label: words.report.columns.instruction, className: 'wide' }, ...heads], rows);
}

function settingTable(settings: readonly ComparedSetting[], heads: readonly TableColumn[]): Markup {
  if (settings.length === 0) return markup`<p>${words.compare.config.noneText}</p>`;
  const rows = settings.map(({ field, key, values }): TableCell[] => [
    ['text', `${words.compare.config.fields[field]} ${shorten(key, maxTextLength)}`.trim()],
    ...values.map((value): TableCell => {
      return ['code', value === null ? words.compare.files.missing : shorten(value, maxTextLength)];
    })
  ]);
  return writeTable([{ label: words.compare.config.setting }, ...heads], rows, 'even');
}
