import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/**
 * Identifies the engine's copy of a folder, which it keeps between builds to request only changed files. Folders with the same
 * key share a copy, so that a file of one could end up in the image of another if name, size and time are equal. `clientId` is
 * a random id of this installation.
 */
export async function createSharedKey(clientId: string, root: string): Promise<string> {
  const path = await realpath(root).catch(() => root);
  return createHash('sha256').update(`${clientId}\0${path}`).digest('hex');
}
