import { run } from './run.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
// A reader that closes early (head, less) is not an error.
process.stdout.on('error', () => process.exit(0));

void run(process.argv.slice(2), {
  folder: process.cwd(),
  stdin: process.stdin,
  write: (text) => process.stdout.write(text),
  log: (text) => process.stderr.write(text),
  // Loading the engine client takes as long as analyzing a small archive, which does not need it.
  openEngine: async (signal) => (await import('./open-engine.ts')).openEngine(process.env, signal),
  openRegistries: async () => (await import('./open-registries.ts')).openRegistries(process.env),
  signal: interrupted.signal
}).then((status) => {
  // A credential store that waits for its prompt must not delay the exit; flush the output first.
  process.stdout.write('', () => process.exit(status));
});
