import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { buildUnpackedPackage } from '../real-parts/build-unpacked-package.ts';

const run = promisify(execFile);
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
