import type { ContextEntry } from '../../../context/walk-folder.ts';
import type { FileStat } from './packets.ts';

/** Go's os.FileMode: permissions as in Unix, other positions for the other bits. */
const typeBits = { folder: 2 ** 31, symlink: 2 ** 27, file: 0 } as const;
const specialBits = [
  { unix: 0o4000, go: 2 ** 23 },
  { unix: 0o2000, go: 2 ** 22 },
  { unix: 0o1000, go: 2 ** 20 }
] as const;

/**
 * The stat of an entry. `firstName` is the path under which the same file (a hard link) was sent before, or null. On Windows,
 * which has no execute bits, all files are executable, as with the docker CLI.
 */
export function toFileStat(entry: ContextEntry, firstName: string | null, platform: NodeJS.Platform): FileStat {
  const { path, kind, mode, modifiedNs } = entry;
  const isWindows = platform === 'win32';
  const target = isWindows ? entry.target.replaceAll('\\', '/') : entry.target;
  const permissions = isWindows ? (mode | 0o111) & 0o755 : mode & 0o777;
  let bits: number = typeBits[kind];
  if (!isWindows) for (const { unix, go } of specialBits) if ((mode & unix) !== 0) bits += go;
  return {
    path,
    mode: bits + permissions,
    sizeBytes: kind === 'symlink' ? Buffer.byteLength(target) : firstName === null ? entry.sizeBytes : 0,
    modifiedNs,
    linkname: firstName ?? target
  };
}
