import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFile } from '../util/replace-file.ts';
import { errorCode } from '../util/error-code.ts';
import { toProjectError } from '../context/project-error.ts';
import { folderName } from '../util/folder-name.ts';

/**
 * Copies the sample project to `to` and resolves to `to`. An existing folder is left as it is, with
 * the user's changes. Throws project-unreadable if it cannot be written.
 */
export async function copySample(from: string, to: string): Promise<string> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await mkdir(to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return to;
    throw toProjectError(error, folderName(to), to);
  }
  try {
    await copyFiles(from, to);
  } catch (error) {
    throw toProjectError(error, folderName(to), to);
  }
  return to;
}

/** Reads and writes each file, since files in the packaged app's archive can be read but not copied. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyFiles(source, target);
    } else {
      await createFile(target, await readFile(source), { mode: 0o644 });
    }
  }
}
