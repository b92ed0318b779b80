// The shell command from a checkout: `npm run -s slipway -- analyze IMAGE`. Builds it first when its sources are newer.
import { build } from 'vite';
import { builtinModules } from 'node:module';
import { readdir, stat } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'out/cli/cli.cjs');
const external = [
  'dockerode',
  '@grpc/grpc-js',
  /^protobufjs/,
  ...builtinModules,
  ...builtinModules.map((n) => `node:${n}`)
];

/**
 * @param {string} folder
 * @returns {Promise<number>} when the newest source in it was written, in milliseconds since 1970
 */
async function newestIn(folder) {
  const names = await readdir(folder, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
  return Math.max(0, ...times);
}

async function isBuilt() {
  const built = await stat(program).catch(() => null);
  if (!built) return false;
  const folders = ['cli', 'core', 'contract'].map((name) => newestIn(join(root, 'electron', name)));
  return built.mtimeMs > Math.max(...(await Promise.all(folders)));
}

/** Bundles the shell command as one CommonJS file for plain Node. */
export async function buildCommand() {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node18',
      outDir: 'out/cli',
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { cli: join(root, 'electron/cli/main.ts') },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' }
      }
    }
  });
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  if (!(await isBuilt())) await buildCommand();
  // The command stays in the folder that the user is in: npm changes to the checkout's own.
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd()
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status) => process.exit(status ?? 1));
}
