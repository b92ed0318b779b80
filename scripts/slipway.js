// The shell command from a checkout: `npm run -s slipway -- analyze IMAGE`. Builds it first if it is outdated.
import { readdir, stat } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'out/cli/cli.cjs');

/**
 * @param {string} folder
 * @returns {Promise<number>} when its newest source was modified, in milliseconds since 1970
 */
async function newestIn(folder) {
  const names = await readdir(folder, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
  return Math.max(0, ...times);
}

async function isBuilt() {
  const built = await stat(program).catch(() => null);
  if (!built) return false;
  const folders = ['cli', 'core', 'dockerfile', 'contract'].map((name) => newestIn(join(root, 'electron', name)));
  return built.mtimeMs > Math.max(...(await Promise.all(folders)));
}

if (!(await isBuilt())) {
  const { buildCommand } = await import('./build.js');
  await buildCommand();
}
// Run the command in the user's working directory: npm changes to the root of the checkout.
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd()
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (status) => process.exit(status ?? 1));
