import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { archiveSuffixes } from '#contract/domain/archive-extensions.ts';
import { archiveName } from '#contract/domain/archive-name.ts';
import { words } from '#contract/words/words.ts';
import { chooseSavePath } from './choose-save-path.ts';

/** Where to save an archive of these images; null if the dialog was dismissed. */
export function chooseArchiveToSave(
  parent: BrowserWindow | undefined,
  images: readonly string[]
): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: words.images.archive.saveTitle,
    defaultPath: archiveName(images),
    filters: [{ name: words.images.archive.kind, extensions: ['tar'] }]
  };
  return chooseSavePath(parent, options);
}

/** The archive to load; null if the dialog was dismissed. */
export function chooseArchiveToLoad(parent: BrowserWindow | undefined): Promise<string | null> {
  return chooseArchive(parent, words.images.archive.loadTitle);
}

/** The archive to analyze; null if the dialog was dismissed. */
export function chooseArchiveToOpen(parent: BrowserWindow | undefined): Promise<string | null> {
  return chooseArchive(parent, words.images.archive.openTitle);
}

async function chooseArchive(parent: BrowserWindow | undefined, title: string): Promise<string | null> {
  const options: OpenDialogOptions = {
    title,
    properties: ['openFile'],
    filters: [
      { name: words.images.archive.kind, extensions: archiveSuffixes() },
      { name: words.images.archive.anyFile, extensions: ['*'] }
    ]
  };
  const { filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

/** Where to save a file of an image; null if the dialog was dismissed. Its name comes from the image. */
export function chooseFileToSave(parent: BrowserWindow | undefined, name: string): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: words.files.saveTitle,
    defaultPath: name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  };
  return chooseSavePath(parent, options);
}
