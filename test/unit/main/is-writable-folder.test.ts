import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isWritableFolder } from '../../../electron/main/is-writable-folder.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'slipway-data-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('creates the folder and leaves nothing in it', () => {
  const data = join(folder, 'a/b');
  expect(isWritableFolder(data)).toBe(true);
  expect(readdirSync(data)).toEqual([]);
});

it('rejects a folder in which nothing can be created', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(isWritableFolder(join(folder, 'file'))).toBe(false);
  expect(isWritableFolder(join(folder, 'file/below'))).toBe(false);
  expect(isWritableFolder('/proc')).toBe(false);
  expect(isWritableFolder('/proc/slipway/data')).toBe(false);
  expect(existsSync(join(folder, 'file'))).toBe(true);
});
