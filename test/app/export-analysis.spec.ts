import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Reply } from '#contract/ipc/bridge.ts';
import type { CallInput, CallName, CallOutput } from '#contract/ipc/calls.ts';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import { makeFolder, openApp, type OpenApp } from '../real-parts/open-app.ts';
import { legacyFiles, makeImage, packFiles } from '../unit/core/archive/image-archive.ts';

let open: OpenApp;
let analysisId: string;
const folder = makeFolder('report');

test.beforeAll(async () => {
  const archive = join(folder, 'image.tar');
  const image = await makeImage([
    { 'usr/kept': 'x'.repeat(5000) },
    { 'tmp/gone': 'y'.repeat(900) },
    { 'tmp/.wh.gone': '' }
  ]);
  writeFileSync(archive, await packFiles(legacyFiles(image, 'alice/app:1')));
  open = await openApp({ folders: [archive] });
  // app.info returns the archive's id only to its first caller, the page; the id is derived from the path.
  await must('app.info', {});
  const archiveId = createHash('sha256').update(realpathSync(archive)).digest('hex').slice(0, 32);
  const source = { kind: 'archive' as const, archiveId, platform: null, reference: null };
  const job = await must('analysis.start', { source, projectId: null });
  const findAnalysis = async (): Promise<string> => {
    const { kind, end } = await must('job.attach', job);
    analysisId = kind === 'analysis' && end?.kind === 'finished' ? end.result.analysisId : '';
    return analysisId;
  };
  await expect.poll(findAnalysis).not.toBe('');
});
test.afterAll(() => open.close());

function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>> {
  return open.page.evaluate(
    ([callName, callInput]) =>
      (window.slipway.call as (name: unknown, input: unknown) => Promise<unknown>)(
        callName,
        callInput
      ) as Promise<never>,
    [name, input] as [string, unknown]
  );
}

async function must<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = await call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  return reply.value;
}

/** The answer to the next dialogs: a folder to save in under the default name, or dismissal. */
async function answerDialogs(saveIn: string | null): Promise<void> {
  await open.app.evaluate(({ dialog }, into) => {
    dialog.showSaveDialog = (...words: unknown[]) => {
      const { defaultPath = '' } = words.at(-1) as { defaultPath?: string };
      return Promise.resolve({ canceled: into === null, filePath: into === null ? '' : `${into}/${defaultPath}` });
    };
  }, saveIn);
}

const saved = (savedAs: string | null): unknown => ({ ok: true, value: { savedAs } });

test('an analysis is saved in each format under its default name', async () => {
  await answerDialogs(folder);
  expect(await call('analysis.export', { analysisId, format: 'json' })).toEqual(saved('alice-app-1.json'));
  const report = analysisReportSchema.parse(JSON.parse(readFileSync(join(folder, 'alice-app-1.json'), 'utf8')));
  expect(report).toMatchObject({ tags: ['alice/app:1'], imageSizeBytes: 5900, wastedBytes: 900 });
  expect(await call('analysis.export', { analysisId, format: 'dive-json' })).toEqual(saved('alice-app-1.dive.json'));
  expect(await call('analysis.export', { analysisId, format: 'svg' })).toEqual(saved('alice-app-1.svg'));
  expect(await call('analysis.export', { analysisId, format: 'html' })).toEqual(saved('alice-app-1.html'));
});

test('the saved page shows the image without console messages', async () => {
  await answerDialogs(folder);
  await call('analysis.export', { analysisId, format: 'html' });
  const seen = await open.app.evaluate(
    async ({ BrowserWindow }, file) => {
      const window = new BrowserWindow({ show: false });
      const pageErrors: string[] = [];
      window.webContents.on('console-message', (...words: unknown[]) => pageErrors.push(String(words[2])));
      await window.loadFile(file);
      const result: unknown = await window.webContents.executeJavaScript(
        `({ title: document.title, cells: document.querySelectorAll('svg g > title').length, styled: getComputedStyle(document.body).maxWidth })`
      );
      window.destroy();
      return { result, pageErrors };
    },
    join(folder, 'alice-app-1.html')
  );
  expect(seen.result).toEqual({ title: 'alice/app:1: layers and files', cells: 4, styled: '1240px' });
  expect(seen.pageErrors.filter((text) => !text.includes('Electron Security Warning'))).toEqual([]);
});

test('a dismissed dialog writes nothing; a read-only folder is reported', async () => {
  await answerDialogs(null);
  expect(await call('analysis.export', { analysisId, format: 'svg' })).toEqual(saved(null));
  await answerDialogs(join(folder, 'none'));
  expect(await call('analysis.export', { analysisId, format: 'svg' })).toMatchObject({
    ok: false,
    error: { code: 'file-unwritable', file: 'alice-app-1.svg', detail: 'ENOENT' }
  });
});

test('a picture that the page painted is saved; anything but a PNG is rejected', async () => {
  mkdirSync(join(folder, 'png'));
  await answerDialogs(join(folder, 'png'));
  const exportPng = (head: number[]): Promise<unknown> =>
    open.page.evaluate(
      ([id, bytes]) => window.slipway.call('analysis.exportPng', { analysisId: id, png: new Uint8Array(bytes) }),
      [analysisId, head] as const
    );
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  expect(await exportPng([...signature, 1, 2])).toEqual(saved('alice-app-1.png'));
  expect([...readFileSync(join(folder, 'png/alice-app-1.png'))]).toEqual([...signature, 1, 2]);
  expect(await exportPng([0x4d, 0x5a, 0, 0])).toMatchObject({ ok: false, error: { reason: 'bad-input' } });
});
