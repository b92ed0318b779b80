import { isAbsolute, resolve } from 'node:path';

/**
 * The folders named on a command line. Chromium's and Electron's own switches come in between; everything from the
 * first plain word on that is not the app itself is a path, relative to the folder it was typed in.
 */
export function pathsOf(argv: readonly string[], workingFolder: string, packaged: boolean): string[] {
  // A packaged app is argv[0] alone; in development argv[0] is Electron and the first plain word is the app's folder.
  const plain = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return plain.slice(packaged ? 0 : 1).map((word) => (isAbsolute(word) ? word : resolve(workingFolder, word)));
}
