import { createShell, failToWrite } from './create-shell.ts';
import { run } from './run.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
const log = (text: string): unknown => process.stderr.write(text);
const fail = (error: NodeJS.ErrnoException): never => failToWrite(error, log);
process.stdout.on('error', fail);

/** Node 18 throws what later versions pass to the listener. */
function write(text: string): void {
  try {
    process.stdout.write(text);
  } catch (error) {
    fail(error as NodeJS.ErrnoException);
  }
}

const shell = createShell({
  stdin: process.stdin,
  write,
  log,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  signal: interrupted.signal
});
void run(process.argv.slice(2), shell).then((status) => {
  // A credential store that waits for its prompt must not delay the exit; flush the output first.
  process.stdout.write('', (error) => (error ? fail(error) : process.exit(status)));
});
