import { workerData } from 'node:worker_threads';
import { createShell, failToWrite } from '../create-shell.ts';
import { run } from '../run.ts';
import { openStandardInput } from './open-standard-input.ts';
import type { CommandThreadData } from '#contract/domain/command-thread.ts';
import { writeFully } from './write-fully.ts';

// A thread's process.stdin and process.stdout go through the main thread, which waits; so this uses the files themselves.
// Signals end the process: the main thread has no handlers for them yet.
const { columns } = workerData as CommandThreadData;
const log = (text: string): void => writeFully(2, text);

function write(text: string): void {
  try {
    writeFully(1, text);
  } catch (error) {
    failToWrite(error as NodeJS.ErrnoException, log);
  }
}

const { signal } = new AbortController();
const shell = createShell({ stdin: openStandardInput(), write, log, columns, signal });
void run(process.argv.slice(2), shell).then((status) => process.exit(status));
