import { basename } from 'node:path';
import type { BrowserWindow, SaveDialogOptions } from 'electron';
import { exportFormats } from '#contract/domain/export-formats.ts';
import { words } from '#contract/words/words.ts';
import { AppError } from '#core/util/app-error.ts';
import { errorDetail } from '#core/util/error-code.ts';
import { chooseSavePath } from './choose-save-path.ts';
import { replaceFile } from '#core/util/replace-file.ts';

/** Exports are meant to be shared, so others may read them. */
const readableMode = 0o644;

export interface ExportedFile {
  readonly format: keyof typeof exportFormats;
  readonly title: string;
  readonly defaultName: string;
  readonly bytes: Uint8Array;
}

/** Asks where to save an export and writes it atomically. Throws file-unwritable. */
export async function saveExport(
  parent: BrowserWindow | undefined,
  { format, title, defaultName, bytes }: ExportedFile
): Promise<{ savedAs: string | null }> {
  // Dialogs only filter by the last component of an extension.
  const extension = exportFormats[format].extension.replace(/^.*\./, '');
  const options: SaveDialogOptions = {
    title,
    defaultPath: defaultName,
    filters: [{ name: words.report.formats[format], extensions: [extension] }]
  };
  const filePath = await chooseSavePath(parent, options);
  if (filePath === null) return { savedAs: null };
  const file = basename(filePath);
  try {
    await replaceFile(filePath, bytes, { mode: readableMode });
  } catch (cause) {
    throw new AppError('file-unwritable', { file, detail: errorDetail(cause) }, { cause });
  }
  return { savedAs: file };
}
