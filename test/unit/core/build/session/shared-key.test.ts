import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitsMetadata } from '#core/build/session/fits-metadata.ts';
import { locateDockerfile } from '#core/build/session/locate-dockerfile.ts';
import { createSharedKey } from '#core/build/session/shared-key.ts';
import { scratchFolder } from '../../scratch-folder.ts';

describe('the shared key', () => {
  it('is one for each folder and each installation, whatever the path says', async () => {
    const root = scratchFolder();
    for (const name of ['a', 'b']) mkdirSync(join(root, name));
    symlinkSync('a', join(root, 'link'));
    const key = await createSharedKey('1', [join(root, 'a')]);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await createSharedKey('1', [join(root, 'link')])).toBe(key);
    expect(await createSharedKey('1', [join(root, 'b/../a/')])).toBe(key);
    expect(await createSharedKey('1', [join(root, 'b')])).not.toBe(key);
    expect(await createSharedKey('1', [join(root, 'a'), root])).not.toBe(key);
    expect(await createSharedKey('2', [join(root, 'a')])).not.toBe(key);
    expect(await createSharedKey('1', [join(root, 'gone')])).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('patterns fit into a request', () => {
  it.each([
    ['none', [], true],
    ['64 KiB in all', ['x'.repeat(64 * 1024 - 3)], true],
    ['more than that', ['x'.repeat(64 * 1024 - 2)], false],
    ['so many that their lines are more than that', Array<string>(20_000).fill('x'), false],
    ['such as are three times as long when escaped', ['ä', '*'.repeat(30_000)], false]
  ])('%s', (_what, patterns, fits) => {
    expect(fitsMetadata(patterns)).toBe(fits);
  });
});

describe('a Dockerfile is served', () => {
  it.each([
    ['with its path, inside of the context', './docker/App.Dockerfile', '/project', 'docker/App.Dockerfile'],
    ['by its name, outside of it', '../docker/App.Dockerfile', '/docker', 'App.Dockerfile'],
    ['by its name, at an absolute path', '/etc/x/Dockerfile', '/etc/x', 'Dockerfile']
  ])('%s', (_how, dockerfile, folder, path) => {
    expect(locateDockerfile('/project', dockerfile)).toEqual({ folder, path });
  });
});
