import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparedSetting, ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { shorten } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
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
  const heads = names.map((name) => markup`<th class="image">${shortenName(name, 60)}</th>`);
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

function sizeTable(compared: ComparisonReport, names: readonly string[]): Markup {
  const rows = compared.images.map(({ platform, fileCount }, image) => {
    const { size, delta } = formatImageSize(compared, image);
    return markup`<tr><td class="code">${shorten(names[image] ?? '', maxTextLength)}</td><td class="number">${platform}</td><td class="number">${size}</td><td class="number ${delta.tone}">${delta.text}</td><td class="number">${fileCount ?? words.remote.notFetched}</td></tr>
`;
  });
  const { report } = words.compare;
  return markup`<table><thead><tr><th class="wide">${report.image}</th><th>${words.report.platform}</th><th>${report.size}</th><th>${report.delta}</th><th>${words.report.files}</th></tr></thead><tbody>
${rows}</tbody></table>`;
}

function totals({ images, togetherBytes, sharedByAllBytes }: ComparisonReport): string {
  const shared =
    sharedByAllBytes > 0 ? words.compare.sharedByAll(formatBytes(sharedByAllBytes)) : words.compare.noneShared;
  return `${words.compare.summary(images.length, formatBytes(togetherBytes))} · ${shared}`;
}

function fileTable({ images, files, changedCount, baseline }: ComparisonReport, heads: readonly Markup[]): Markup {
  const isComplete = images.every(({ sizeBytes }) => sizeBytes !== null);
  if (changedCount === 0) return markup`<p>${isComplete ? words.compare.files.noneText : words.remote.filesSame}</p>`;
  const rows = files.slice(0, maxFiles).map(
    ({ path, sizes, changes, differenceBytes }) =>
      markup`<tr><td class="code">${shorten(path, maxTextLength)}</td>${sizes.map((size) => markup`<td class="number">${size === null ? words.compare.files.missing : formatBytes(size)}</td>`)}<td class="number">${formatBytes(differenceBytes)}</td><td class="number">${formatChanges(changes, baseline)}</td></tr>
`
  );
  const left = changedCount - rows.length;
  return markup`<table><thead><tr><th class="wide">${words.compare.files.name}</th>${heads}<th>${words.compare.files.difference}</th><th>${words.compare.files.change}</th></tr></thead><tbody>
${rows}</tbody></table>${left > 0 ? markup`<p>${words.report.more(left)}</p>` : markup``}`;
}

/** Empty if the packages were not read. */
function packageSection({ packages, baseline }: ComparisonReport, names: readonly string[]): Markup {
  if (packages === null) return markup``;
  const heads = packages.images.map((index) => markup`<th class="image">${shortenName(names[index] ?? '', 60)}</th>`);
  const { name, change, differing } = words.compare.packages;
  const rows = packages.rows.slice(0, maxFiles).map((row) => {
    const formatted = formatPackage(row, packages.images.indexOf(baseline), (version) => version);
    const cells = formatted.images.map((cell) => markup`<td class="number">${shorten(cell, maxTextLength)}</td>`);
    return markup`<tr><td class="code">${`${shorten(row.name, maxTextLength)} ${row.kind}`}</td>${cells}<td class="number">${formatted.change}</td></tr>
`;
  });
  const unread = formatUnreadDatabases(packages, names, (formatted) => shorten(formatted, maxTextLength)).map(
    (line) => markup`<li>${line}</li>`
  );
  const note = unread.length > 0 ? markup`<p>${words.compare.packages.unread}:</p><ul>${unread}</ul>` : markup``;
  const table = markup`<table><thead><tr><th class="wide">${name}</th>${heads}<th>${change}</th></tr></thead><tbody>
${rows}</tbody></table>`;
  return markup`<section><h2>${words.compare.views.packages}</h2><p>${differing(packages.changedCount)}</p>${note}${rows.length > 0 ? table : markup``}</section>
`;
}

function layerTable({ layers }: ComparisonReport, heads: readonly Markup[]): Markup {
  const rows = layers.map(({ command, layers: own, sharedBy }) => {
    const made = command === '' ? words.layers.unknownInstruction : command;
    const cells = own.map((layer, image) => {
      const size =
        layer === null
          ? words.compare.files.missing
          : layer.sizeBytes === null
            ? words.remote.notFetched
            : formatBytes(layer.sizeBytes);
      const shared = sharedBy.includes(image) ? markup`<br><small>${words.compare.report.shared}</small>` : markup``;
      return markup`<td class="number">${size}${shared}</td>`;
    });
    return markup`<tr><td class="code">${shorten(made, maxTextLength)}</td>${cells}</tr>
`;
  });
  return markup`<table><thead><tr><th class="wide">${words.report.columns.instruction}</th>${heads}</tr></thead><tbody>
${rows}</tbody></table>`;
}

function settingTable(settings: readonly ComparedSetting[], heads: readonly Markup[]): Markup {
  if (settings.length === 0) return markup`<p>${words.compare.config.noneText}</p>`;
  const rows = settings.map(({ field, key, values }) => {
    const cells = values.map(
      (value) =>
        markup`<td class="code">${value === null ? words.compare.files.missing : shorten(value, maxTextLength)}</td>`
    );
    return markup`<tr><td>${`${words.compare.config.fields[field]} ${shorten(key, maxTextLength)}`.trim()}</td>${cells}</tr>
`;
  });
  return markup`<table class="even"><thead><tr><th>${words.compare.config.setting}</th>${heads}</tr></thead><tbody>
${rows}</tbody></table>`;
}
