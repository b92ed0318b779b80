import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '#contract/schema/project.ts';
import { AppError } from '../util/app-error.ts';
import { folderName } from '../util/folder-name.ts';
import { detectStack } from './detect-stack.ts';
import { toProjectError } from '../context/project-error.ts';
import { isDockerfileName, orderDockerfiles } from './project-file-names.ts';

/** A folder with more direct entries than this is not opened as a project. */
const limitNames = 100_000;

export type FolderFindings = Omit<Project, 'id' | 'displayPath'>;

/**
 * Inspects a project's top folder; nothing below it is read.
 * Throws project-vanished, project-unreadable, folder-loops, folder-too-large.
 */
export async function inspectFolder(root: string): Promise<FolderFindings> {
  const name = folderName(root);
  try {
    const names = await listFiles(root);
    return {
      name,
      stack: await detectStack(root, names),
      dockerfiles: orderDockerfiles([...names].filter(isDockerfileName)),
      hasDockerignore: names.has('.dockerignore')
    };
  } catch (error) {
    throw toProjectError(error, name, root);
  }
}

/** Names of the regular files in a folder, and of links to one. */
async function listFiles(root: string): Promise<Set<string>> {
  const files = new Set<string>();
  let count = 0;
  for await (const entry of await opendir(root)) {
    if (++count > limitNames) throw new AppError('folder-too-large', { limitFiles: limitNames });
    if (entry.isFile()) files.add(entry.name);
    else if (entry.isSymbolicLink() && (await leadsToFile(join(root, entry.name)))) files.add(entry.name);
  }
  return files;
}

async function leadsToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false
  );
}
