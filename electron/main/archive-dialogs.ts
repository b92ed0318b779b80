import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { archiveName } from '../contract/archive-name.ts';
import { words } from '../contract/words/words.ts';

const text = words.images.archive;

/** Where an archive of these images is to be written; null when the dialog was dismissed. */
export async function askArchiveToSave(
  parent: BrowserWindow | undefined,
  images: readonly string[]
): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: text.saveTitle,
    defaultPath: archiveName(images),
    filters: [{ name: text.kind, extensions: ['tar'] }]
  };
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

/** The archive to load; null when the dialog was dismissed. */
export async function askArchiveToLoad(parent: BrowserWindow | undefined): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: text.loadTitle,
    properties: ['openFile'],
    filters: [
      { name: text.kind, extensions: ['tar', 'gz', 'tgz', 'zst', 'xz', 'bz2'] },
      { name: text.anyFile, extensions: ['*'] }
    ]
  };
  const { filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}
