import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whether entries can be created in the folder, which is created if needed. Electron reports a data folder without this
 * as "another instance is running".
 */
export function isWritableFolder(folder: string): boolean {
  const probe = join(folder, `.slipway-${randomBytes(6).toString('hex')}.tmp`);
  try {
    createFolder(folder);
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Node's own `recursive` never ends in a folder such as /proc, which rejects new entries with ENOENT. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
