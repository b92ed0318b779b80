import { words } from '#contract/words/words.ts';
import { run } from './run.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
const log = (text: string): unknown => process.stderr.write(text);

/** A reader that closed early, such as head, knows that the output is incomplete; for a full disk there is a message. */
function failToWrite(error: NodeJS.ErrnoException): never {
  if (error.code !== 'EPIPE') log(`slipway: ${words.cli.outputNotWritten(error.code ?? error.message)}\n`);
  process.exit(1);
}
process.stdout.on('error', failToWrite);

/** Node 18 throws what later versions pass to the listener. */
function write(text: string): void {
  try {
    process.stdout.write(text);
  } catch (error) {
    failToWrite(error as NodeJS.ErrnoException);
  }
}

void run(process.argv.slice(2), {
  folder: process.cwd(),
  stdin: process.stdin,
  write,
  log,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  // Loading the engine client takes as long as analyzing a small archive, which does not need it.
  openEngine: async (name) =>
    (await import('./open-engine.ts')).openEngine({ name, env: process.env, log, signal: interrupted.signal }),
  openRegistries: async () => (await import('./open-registries.ts')).openRegistries(process.env),
  signal: interrupted.signal
}).then((status) => {
  // A credential store that waits for its prompt must not delay the exit; flush the output first.
  process.stdout.write('', (error) => (error ? failToWrite(error) : process.exit(status)));
});
