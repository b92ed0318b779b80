// npm run package [-- --verify]: a Debian package in dist/; --verify installs it, starts it as a normal user, removes
// it.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDeb } from './package/verify-deb.js';
import { buildIfChanged } from './setup/build-if-changed.js';
import { root } from './setup/root.js';
import { run } from './setup/run.js';
import { setUp } from './setup/set-up.js';

const verify = process.argv.includes('--verify');
await setUp({ electron: true, virtualDisplay: verify });
await buildIfChanged();

const { name, version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const electron = prepareElectron();
const args = ['electron-builder', '--linux', 'deb', '--x64', '--publish', 'never'];
args.push(`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`);
const env = { ...process.env, CUSTOM_FPM_PATH: join(root, 'scripts/package/fpm.js') };
process.exitCode = await run('npx', args, { cwd: root, env });

if (process.exitCode === 0) {
  const file = join(root, `dist/${name}_${version}_amd64.deb`);
  if (verify) await verifyDeb(file, name);
  console.log(`package: ${file}`);
  if (electron.version !== devDependencies.electron) {
    console.log(`package: contains Electron ${electron.version}: for testing only, not for users.`);
  }
}

/** A copy of the installed Electron, without the files that only `electron <folder>` needs. */
function prepareElectron() {
  const installed = join(root, 'node_modules/electron/dist');
  const folder = join(root, 'dist/electron');
  rmSync(folder, { recursive: true, force: true });
  const unneeded = [join(installed, 'version'), join(installed, 'resources/default_app.asar')];
  cpSync(installed, folder, { recursive: true, dereference: true, filter: (source) => !unneeded.includes(source) });
  return { folder, version: readFileSync(join(installed, 'version'), 'utf8').trim().replace(/^v/, '') };
}
