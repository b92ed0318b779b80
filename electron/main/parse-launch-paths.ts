import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folders and image archives named on a command line. Chromium's and Electron's own switches come in between; everything from the
 * first plain word on that is not the app itself is a path, relative to the folder it was typed in, or the file: URL that a file manager gives.
 */
export function parseLaunchPaths(argv: readonly string[], workingFolder: string, packaged: boolean): string[] {
  // A packaged app is argv[0] alone; in development argv[0] is Electron and the first plain word is the app's folder.
  const plain = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return plain.slice(packaged ? 0 : 1).map((word) => toPath(word, workingFolder));
}

function toPath(word: string, workingFolder: string): string {
  if (word.startsWith('file://')) {
    try {
      return fileURLToPath(word);
    } catch {
      // Of another machine, or no URL: then it is a name like any other.
    }
  }
  return isAbsolute(word) ? word : resolve(workingFolder, word);
}
