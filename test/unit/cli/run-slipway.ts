import { Readable } from 'node:stream';
import { AppError } from '#core/util/app-error.ts';
import { run } from '../../../electron/cli/run.ts';
import type { Shell } from '../../../electron/cli/shell.ts';

export interface CommandResult {
  status: number;
  out: string;
  err: string;
}

/** Runs the shell command in this process: without standard input, engine or registry unless `shell` has one. */
export async function runSlipway(args: string[], shell: Partial<Shell> = {}): Promise<CommandResult> {
  const result: CommandResult = { status: -1, out: '', err: '' };
  result.status = await run(args, {
    folder: '/',
    stdin: Readable.from([]),
    write: (text) => (result.out += text),
    log: (text) => (result.err += text),
    columns: null,
    openRegistries: () => Promise.reject(new Error('no registry in this test')),
    openEngine: () => Promise.reject(new AppError('engine-none', {})),
    signal: new AbortController().signal,
    ...shell
  });
  return result;
}
