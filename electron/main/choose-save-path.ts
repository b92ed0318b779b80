import { dialog, type BrowserWindow, type SaveDialogOptions } from 'electron';

/** Where to save a file; null if the dialog was dismissed. It asks before an existing file is replaced. */
export async function chooseSavePath(
  parent: BrowserWindow | undefined,
  options: SaveDialogOptions
): Promise<string | null> {
  // Other systems always ask.
  const asking: SaveDialogOptions = { ...options, properties: ['showOverwriteConfirmation'] };
  const { canceled, filePath } = await (parent ? dialog.showSaveDialog(parent, asking) : dialog.showSaveDialog(asking));
  return canceled || filePath === '' ? null : filePath;
}
