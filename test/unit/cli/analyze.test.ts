import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveExtensions } from '#contract/domain/archive-extensions.ts';
import { words } from '#contract/words/words.ts';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import type { Shell } from '../../../electron/cli/shell.ts';
import { legacyFiles, makeImage, packFiles } from '../core/archive/image-archive.ts';
import { marker, packImageWithSecrets } from '../core/export/image-with-secrets.ts';
import { AppError } from '#core/util/app-error.ts';
import { runSlipway, type CommandResult } from './run-slipway.ts';

const folder = mkdtempSync(join(tmpdir(), 'shell-'));
const archive = await packFiles(
  legacyFiles(await makeImage([{ kept: 'x'.repeat(100) }, { wasted: 'y'.repeat(900) }, { '.wh.wasted': '' }]))
);

const slipway = (args: string[], shell: Partial<Shell> = {}): Promise<CommandResult> =>
  runSlipway(args, { folder, ...shell });

describe('slipway analyze', () => {
  beforeAll(() => writeFileSync(join(folder, 'image.tar'), archive));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('rejects images in a registry', async () => {
    expect(await slipway(['analyze', 'docker://ada/x:1'])).toMatchObject({ status: 2, out: '' });
    expect(await slipway(['analyze', 'image.tar', '--fetch'])).toMatchObject({ status: 2, out: '' });
  });

  it.each(archiveExtensions)('reads image.$extension as an archive, not as the name of an image', async (one) => {
    const name = `missing.${one.extension}`;
    const { status, err } = await slipway(['analyze', name]);
    expect(status).toBe(2);
    expect(err).toContain(
      words.errors['archive-unreadable'].title({ code: 'archive-unreadable', archive: name, detail: '' })
    );
  });

  it('reports that an archive compressed with xz is not supported', async () => {
    writeFileSync(join(folder, 'image.tar.xz'), Buffer.from('fd377a585a0000', 'hex'));
    const { status, err } = await slipway(['analyze', 'image.tar.xz']);
    expect(status).toBe(2);
    expect(err).toContain('xz');
    expect(err).toContain('image.tar.xz');
  });

  it('prints the documented report', async () => {
    const { status, out, err } = await slipway(['analyze', 'image.tar', '--json']);
    expect([status, err]).toEqual([0, '']);
    const report = analysisReportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({
      imageSizeBytes: 1000,
      userSizeBytes: 900,
      wastedBytes: 900,
      wastedUserFraction: 1,
      efficiency: 0.1,
      fileCount: 1
    });
    expect(report.inefficientPaths).toEqual([{ path: '/wasted', times: 2, sizeBytes: 900, layers: [1, 2] }]);
  });

  it('prints tables', async () => {
    const { out } = await slipway(['analyze', 'image.tar']);
    expect(out).toMatch(/^Size +1\.0 kB in 3 layers, 1 file$/m);
    expect(out).toContain('sample:1  linux/amd64');
    expect(out).toMatch(/^1 +900 B +1 +0 +0 +RUN make 1$/m);
    expect(out).toMatch(/^ +2 +900 B +\/wasted$/m);
    expect(out).toMatch(/^FAIL +lowestEfficiency: 0\.1000, limit 0\.9000$/m);
  });

  it('cuts long lines to the terminal, marked, and not where the output goes to a file', async () => {
    const long = await packFiles(
      legacyFiles(await makeImage([{ ['n'.repeat(150)]: 'a' }, { ['n'.repeat(150)]: 'b' }]))
    );
    writeFileSync(join(folder, 'long.tar'), long);
    const narrow = await slipway(['analyze', 'long.tar'], { columns: 60 });
    expect(Math.max(...narrow.out.split('\n').map((line) => line.length))).toBe(60);
    expect(narrow.out).toMatch(/n{20}…$/m);
    expect((await slipway(['analyze', 'long.tar'])).out).toContain(`/${'n'.repeat(150)}\n`);
  });

  it('names the engine to use, and passes it on', async () => {
    const names: (string | null)[] = [];
    const openEngine = (name: string | null): Promise<never> => {
      names.push(name);
      return Promise.reject(new AppError('engine-unreachable', { engine: 'Colima', detail: '' }));
    };
    const { err } = await slipway(['analyze', 'alice/app:1', '--engine=colima'], { openEngine });
    await slipway(['analyze', 'alice/app:1'], { openEngine });
    expect(names).toEqual(['colima', null]);
    expect(err).toBe("slipway: Can't connect to Colima\nStart it, or choose another engine with --engine.\n");
  });

  it('prints no secret of the history', async () => {
    writeFileSync(join(folder, 'secrets.tar'), await packImageWithSecrets());
    for (const options of [[], ['--json']]) {
      const { status, out } = await slipway(['analyze', 'secrets.tar', ...options]);
      expect(status).toBe(0);
      expect(out).toContain('/app/••••••••');
      expect(out).not.toMatch(marker);
    }
  });

  it('fails by the rules only with --ci', async () => {
    expect((await slipway(['analyze', 'image.tar'])).status).toBe(0);
    expect((await slipway(['analyze', '--ci', 'image.tar'])).status).toBe(1);
    writeFileSync(
      join(folder, 'lenient.yaml'),
      'rules:\n  lowestEfficiency: 0.1\n  highestWastedBytes: 900B\n  highestUserWastedPercent: disabled\n'
    );
    expect((await slipway(['analyze', '--ci', '--ci-config', 'lenient.yaml', 'image.tar'])).status).toBe(0);
    writeFileSync(
      join(folder, '.dive-ci'),
      'rules: { lowest-efficiency: 0, highestUserWastedPercent: 1, highestWastedBytes: 0.8kB }'
    );
    const { status, out } = await slipway(['analyze', '--ci', 'image.tar']);
    rmSync(join(folder, '.dive-ci'));
    expect(status).toBe(1);
    expect(out).toMatch(/^FAIL +highestWastedBytes: 900 bytes, limit 800 bytes$/m);
  });

  it('reads the standard input, and queries the engine for names that are not files', async () => {
    const piped = await slipway(['analyze', '-', '--json'], { stdin: Readable.from([archive]) });
    expect(piped.status).toBe(0);
    expect(await slipway(['analyze', 'alice/app:1'])).toMatchObject({ status: 2, out: '' });
    expect((await slipway(['analyze', 'alice/app:1'])).err).toContain('No container engine found');
  });

  it('describes errors', async () => {
    expect((await slipway(['analyze', 'none.tar'])).err).toContain('none.tar could not be read');
    expect((await slipway(['analyze', 'image.tar', '--platform=linux/s390x'])).err).toContain('linux/amd64');
    writeFileSync(join(folder, 'bad.yaml'), 'rules: { lowestEfficiency: high }');
    expect((await slipway(['analyze', 'image.tar', '--ci-config=bad.yaml'])).err).toContain('lowestEfficiency');
  });

  it('stops on an interrupt', async () => {
    const interrupted = new AbortController();
    interrupted.abort();
    expect((await slipway(['analyze', 'image.tar'], { signal: interrupted.signal })).status).toBe(130);
  });
});
