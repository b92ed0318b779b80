// The start of the shell command: installed, where it runs in a thread of the app, and as a bundle on plain Node.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildUnpackedIfChanged } from '../package/build-package.js';
import { root } from '../setup/root.js';
import { createImageArchive } from './create-image-archive.js';
import { measurePair } from './measure-pair.js';

const ROUNDS = 9;
const quiet = { stdio: ['ignore', 'ignore', 'ignore'], env: { PATH: process.env.PATH, HOME: root } };
const installed = join(await buildUnpackedIfChanged(), 'slipway-command');
const { file } = await createImageArchive({ whiteouts: 14 });

for (const [name, args] of [
  ['`slipway --version`', ['--version']],
  ['`slipway analyze --json`, 1.3 GB', ['analyze', '--json', file]]
]) {
  await measurePair(
    { name: `${name}, installed`, run: async () => execFileSync(installed, args, quiet) },
    {
      name: 'the bundle on Node',
      run: async () => execFileSync(process.execPath, [join(root, 'out/cli/cli.cjs'), ...args], quiet)
    },
    ROUNDS
  );
}
