import { join } from 'node:path';
import { isatty } from 'node:tty';
import { Worker } from 'node:worker_threads';
import { commandResultIndex, type CommandThreadData } from '#contract/domain/command-thread.ts';

/**
 * Runs the shell command and returns its exit status. Electron's main script is loaded before its toolkit, which cannot
 * start without a display on some versions; so this waits for the command, which runs in a thread, and never returns to
 * Electron before it has ended.
 */
export function runCommand(args: readonly string[]): number {
  const result = new Int32Array(new SharedArrayBuffer(8));
  const columns = isatty(1) ? process.stdout.columns : null;
  const workerData: CommandThreadData = { result, columns };
  new Worker(join(__dirname, '../cli/watch-command.cjs'), { argv: [...args], workerData });
  Atomics.wait(result, commandResultIndex.ended, 0);
  return result[commandResultIndex.status] ?? 1;
}
