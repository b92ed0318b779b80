import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folders and image archives on a command line. Chromium's and Electron's own switches may be in between;
 * everything from the
 * first plain argument on, except for the app itself, is a path relative to the working directory, or a file manager's
 * file: URL.
 */
export function parseLaunchPaths(argv: readonly string[], workingFolder: string, packaged: boolean): string[] {
  // A packaged app is argv[0] alone; in development argv[0] is Electron and the first plain argument is the app's folder.
  const plain = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return plain.slice(packaged ? 0 : 1).map((word) => toPath(word, workingFolder));
}

function toPath(word: string, workingFolder: string): string {
  if (word.startsWith('file://')) {
    try {
      return fileURLToPath(word);
    } catch {
      // A URL of another machine, or not a URL: treated as a path.
    }
  }
  return isAbsolute(word) ? word : resolve(workingFolder, word);
}
