import { execFileSync } from 'node:child_process';

const run = (program: string, args: readonly string[], input: Buffer): Buffer =>
  execFileSync(program, args, { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });

/** Compressed by the xz program. */
export const xz = (data: Buffer, ...options: string[]): Buffer => run('xz', ['-c', ...options], data);

/** Compressed by the bzip2 program. */
export const bzip2 = (data: Buffer, ...options: string[]): Buffer => run('bzip2', ['-c', ...options], data);
