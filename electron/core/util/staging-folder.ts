import { lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { readSmallText } from './read-bounded-file.ts';

/** Names of temporary files: hidden, and short enough for any directory. */
export const temporaryName = /^\.slipway-[0-9a-f]{12}\.tmp$/;

/** The setgid bit: new files get the folder's group, which a file that is moved into it does not. */
const setGroup = 0o2000;

let staging: string | undefined;

/**
 * From now on, this process writes temporary files into `folder`, not next to the files that they replace, so that a
 * killed process leaves none in a user's folder. Removes what an earlier process left. No other process may use `folder`.
 */
export async function openStagingFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name.endsWith('.note')) await removeNoted(join(folder, name));
    await rm(join(folder, name), { force: true, recursive: true });
  }
  staging = folder;
}

/** The folder for temporary files that can be moved into `folder`; null if there is none on its file system. */
export async function findStagingFor(folder: string): Promise<string | null> {
  if (staging === undefined) return null;
  const to = await stat(folder);
  // Without it, for example removed by a cleaner, files are written next to their targets.
  const from = await stat(staging).catch(() => undefined);
  return from?.dev === to.dev && (to.mode & setGroup) === 0 ? staging : null;
}

/**
 * Remembers a temporary file outside of the staging folder, which the next process removes if this one is killed. Returns
 * a function that forgets it.
 */
export async function noteTemporary(file: string): Promise<() => Promise<void>> {
  if (staging === undefined) return () => Promise.resolve();
  const note = join(staging, `${basename(file)}.note`);
  await writeFile(note, file, { mode: 0o600 }).catch(() => undefined);
  return () => rm(note, { force: true });
}

async function removeNoted(note: string): Promise<void> {
  const file = await readSmallText(note);
  if (file === undefined || !isAbsolute(file) || !temporaryName.test(basename(file))) return;
  const found = await lstat(file).catch(() => undefined);
  if (found?.isFile() === true) await rm(file, { force: true }).catch(() => undefined);
}
