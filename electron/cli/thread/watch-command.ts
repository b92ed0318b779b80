import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import { commandResultIndex, type CommandThreadData } from '#contract/domain/command-thread.ts';
import { writeFully } from './write-fully.ts';

// Reports how the command's thread ended, whatever ended it: a thread that is out of memory could not do so itself.
const { result } = workerData as CommandThreadData;
const command = new Worker(join(__dirname, 'thread.cjs'), {
  argv: process.argv.slice(2),
  workerData: workerData as unknown
});
command.on('error', (error) => writeFully(2, `slipway: ${error.message}\n`));
command.on('exit', (status) => {
  result[commandResultIndex.status] = status;
  Atomics.store(result, commandResultIndex.ended, 1);
  Atomics.notify(result, commandResultIndex.ended);
});
