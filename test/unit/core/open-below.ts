import { readdirSync, readlinkSync } from 'node:fs';

/** Files of this process that are open below a folder. */
export function openBelow(root: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.startsWith(root) ? target : [];
    } catch {
      return [];
    }
  });
}
