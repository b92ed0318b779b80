import { chownSync } from 'node:fs';

const nobody = 65534;

/** Runs work as a user without root's permissions, also if the tests run as root; that user owns `folder`. */
export async function asOrdinaryUser<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  chownSync(folder, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
