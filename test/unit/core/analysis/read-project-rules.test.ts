import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readProjectRules } from '#core/analysis/read-project-rules.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'slipway-rules-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = (): string => join(folder, '.dive-ci');

it("uses a project's own rules, and dive's if it has none", async () => {
  expect(await readProjectRules(folder)).toMatchObject({ rulesFrom: 'defaults', rulesError: null });
  writeFileSync(file(), 'rules:\n  highestWastedBytes: 20MB\n');
  expect(await readProjectRules(folder)).toMatchObject({ rulesFrom: 'project', highestWastedBytes: 20_000_000 });
});

it('reports why rules cannot be read, and never blocks on a pipe or reads forever', async () => {
  execFileSync('mkfifo', [file()]);
  const [error, rulesFrom] = [{ code: 'rules-invalid', file: '.dive-ci' }, 'defaults'];
  expect(await readProjectRules(folder)).toMatchObject({ rulesFrom, rulesError: error });
  rmSync(file());
  writeFileSync(file(), `rules: ${'x'.repeat(200_000)}`);
  expect(await readProjectRules(folder)).toMatchObject({ rulesFrom, rulesError: error });
  rmSync(file());
  symlinkSync('/dev/zero', file());
  expect(await readProjectRules(folder)).toMatchObject({ rulesFrom, rulesError: error });
});
