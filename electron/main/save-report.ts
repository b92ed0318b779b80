import { basename } from 'node:path';
import { dialog, type BrowserWindow, type SaveDialogOptions } from 'electron';
import { reportExtensions, reportName, type SavedFormat } from '#contract/domain/report-name.ts';
import type { AnalysisReport } from '#contract/schema/analysis.ts';
import type { ComparisonFormat } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { AppError } from '#core/util/app-error.ts';
import { errorDetail } from '#core/util/error-code.ts';
import { replaceFile } from '#core/util/replace-file.ts';

const text = words.report;
/** Reports are made to be handed on. */
const readableMode = 0o644;

/** Asks where a report is to be written and writes it whole. Throws file-unwritable. */
export async function saveReport(
  parent: BrowserWindow | undefined,
  report: Pick<AnalysisReport, 'tags' | 'source'>,
  format: SavedFormat,
  bytes: Uint8Array
): Promise<{ savedAs: string | null }> {
  return saveDocument(
    parent,
    {
      title: text.saveTitle,
      defaultPath: reportName(report, format),
      filters: [{ name: text.formats[format], extensions: [reportExtensions[format].replace(/^dive\./, '')] }]
    },
    bytes
  );
}

const comparisonExtensions = { html: 'html', json: 'json', markdown: 'md', png: 'png', svg: 'svg' } as const;

/** The same for a comparison. Throws file-unwritable. */
export async function saveComparison(
  parent: BrowserWindow | undefined,
  format: ComparisonFormat | 'png',
  bytes: Uint8Array
): Promise<{ savedAs: string | null }> {
  const { saveTitle, formats } = words.compare.report;
  const extension = comparisonExtensions[format];
  const filters = [{ name: formats[format], extensions: [extension] }];
  return saveDocument(parent, { title: saveTitle, defaultPath: `comparison.${extension}`, filters }, bytes);
}

async function saveDocument(
  parent: BrowserWindow | undefined,
  options: SaveDialogOptions,
  bytes: Uint8Array
): Promise<{ savedAs: string | null }> {
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return { savedAs: null };
  const file = basename(filePath);
  try {
    await replaceFile(filePath, bytes, { mode: readableMode });
  } catch (cause) {
    throw new AppError('file-unwritable', { file, detail: errorDetail(cause) }, { cause });
  }
  return { savedAs: file };
}
