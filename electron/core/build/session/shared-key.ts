import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/**
 * Names the copy of a folder that the engine keeps between builds, to request only what has changed. Folders with one key
 * share a copy: a file of one could stand for the other's of the same name, size and time, so that the key says which folder
 * it is, and on which computer. `clientId` is random, and the same from run to run.
 */
export async function createSharedKey(clientId: string, root: string): Promise<string> {
  const path = await realpath(root).catch(() => root);
  return createHash('sha256').update(`${clientId}\0${path}`).digest('hex');
}
