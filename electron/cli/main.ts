import { run } from './run.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
// A reader that has seen enough (head, less) is no failure.
process.stdout.on('error', () => process.exit(0));

void run(process.argv.slice(2), {
  folder: process.cwd(),
  stdin: process.stdin,
  write: (text) => process.stdout.write(text),
  log: (text) => process.stderr.write(text),
  // Loading what speaks with engines takes as long as analysing a small archive, which needs none of it.
  openEngine: async (signal) => (await import('./open-engine.ts')).openEngine(process.env, signal),
  openRegistries: async () => (await import('./open-registries.ts')).openRegistries(process.env),
  signal: interrupted.signal
}).then((status) => {
  // A credential store that waits for its own prompt must not hold what is done; what was written goes out first.
  process.stdout.write('', () => process.exit(status));
});
