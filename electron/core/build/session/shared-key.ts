import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/**
 * Identifies the engine's copies of the served folders, which it keeps between builds to request only changed files. Folders
 * with the same key share a copy, so that a file of one could end up in the image of another if name, size and time are
 * equal. `clientId` is a random id of this installation.
 */
export async function createSharedKey(clientId: string, folders: readonly string[]): Promise<string> {
  const paths = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  return createHash('sha256')
    .update([clientId, ...paths].join('\0'))
    .digest('hex');
}
