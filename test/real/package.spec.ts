import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { extractFile, listPackage } from '@electron/asar';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { buildUnpackedPackage } from '../real-parts/build-unpacked-package.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'slipway-package-'));
const installed = await buildUnpackedPackage();
/** Without a display and without a session bus. */
const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' };

afterAll(() => rmSync(home, { recursive: true }));

describe('the built package', () => {
  it('has every fuse set for the least privilege', async () => {
    const wire = await getCurrentFuseWire(join(installed, 'slipway'));
    const expected = new Map<number, string>([
      [FuseV1Options.RunAsNode, '0'],
      [FuseV1Options.EnableCookieEncryption, '1'],
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable, '0'],
      [FuseV1Options.EnableNodeCliInspectArguments, '0'],
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, '1'],
      [FuseV1Options.OnlyLoadAppFromAsar, '1'],
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, '0'],
      [FuseV1Options.GrantFileProtocolExtraPrivileges, '0']
    ]);
    // The wire has one ASCII digit for each fuse of this Electron; an older one has fewer fuses.
    const states = Object.entries(wire).filter(([fuse]) => fuse !== 'version');
    expect(states.length).toBeGreaterThanOrEqual(7);
    for (const [fuse, state] of states) {
      expect({ [fuse]: String.fromCharCode(Number(state)) }).toEqual({ [fuse]: expected.get(Number(fuse)) });
    }
  });

  it('has the license of every package that it contains, and of Electron and Slipway', () => {
    const notices = readFileSync(join(installed, 'third-party-notices.txt'), 'utf8');
    const titles = new Set(notices.split(/^-{80}$/m).map((section) => /^(\S+) \S+ {2}/m.exec(section)?.[1]));
    const archive = join(installed, 'resources/app.asar');
    const files = listPackage(archive, { isPack: false });
    const installedPackages = files.flatMap(
      (file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? []
    );
    // The bundles for Node contain the paths of their modules.
    const bundles = files.filter((file) => /^\/out\/.*\.cjs$/.test(file));
    const bundled = bundles.flatMap((file) =>
      [
        ...extractFile(archive, file.slice(1))
          .toString()
          .matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)
      ].flatMap(([, name = '']) => (existsSync(join(root, 'node_modules', name, 'package.json')) ? [name] : []))
    );
    const inPage = [
      'svelte',
      'bits-ui',
      '@codemirror/view',
      '@lucide/svelte',
      'd3-hierarchy',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono'
    ];
    expect(bundled).toContain('zod');
    expect(installedPackages).toContain('dockerode');
    for (const name of [...installedPackages, ...bundled, ...inPage]) expect(titles).toContain(name);
    const [, ...sections] = notices.split(/^-{80}$/m);
    // A title without a text is shorter.
    for (const section of sections) expect(section.length).toBeGreaterThan(300);
    for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'LICENSE.slipway.txt']) {
      expect(existsSync(join(installed, file))).toBe(true);
    }
  });

  it('does not run as Node: a script in its place is not run', async () => {
    const marker = join(home, 'ran');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`;
    // As root without --no-sandbox, Chromium refuses to start.
    await run(join(installed, 'slipway'), ['-e', script], { env: { ...env, ELECTRON_RUN_AS_NODE: '1' } }).catch(
      () => undefined
    );
    expect(existsSync(marker)).toBe(false);
  });

  it('runs a command as root and without a display, and leaves nothing in the home folder', async () => {
    const { stdout, stderr } = await run(join(installed, 'slipway-command'), ['--help'], { env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Usage: slipway/);
    expect(existsSync(join(home, '.config'))).toBe(false);
  });

  it('gives the app itself no switch that turns the sandbox off', async () => {
    const refused = run(join(installed, 'slipway-command'), [home], { env });
    await expect(refused).rejects.toHaveProperty('stderr', expect.stringContaining('--no-sandbox'));
  });
});
