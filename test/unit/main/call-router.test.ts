import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { calls, type CallHandlers } from '#contract/ipc/calls.ts';
import { AppError } from '#core/util/app-error.ts';
import { createCallRouter } from '../../../electron/main/call-router.ts';
import type { CallRouter } from '../../../electron/main/route-calls.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let logged: string[];
let opened: string[][];

const routerOf = (handlers: Partial<CallHandlers>, checkOutput = true): CallRouter =>
  createCallRouter({
    handlers: handlers as CallHandlers,
    openDropped: (paths) => {
      opened.push(paths);
      return Promise.resolve({ projects: [], archives: [], failures: [] });
    },
    checkOutput,
    log: (line) => void logged.push(line)
  });

beforeEach(() => {
  logged = [];
  opened = [];
});

describe('a call', () => {
  it('reaches its handler with its validated input, and its value is the reply', async () => {
    const router = routerOf({ 'project.forget': (input) => Promise.resolve(input as never) }, false);
    const projectId = 'abcdef0123456789';
    expect(await router.call('project.forget', { projectId, more: 1 })).toEqual({ ok: true, value: { projectId } });
    expect(logged).toEqual([]);
  });

  it.each(['project.unknown', 'toString', '__proto__', 'constructor', '', 7, null, undefined, { toString: 7 }])(
    'named %j is refused',
    async (name) => {
      const reply = await routerOf({}).call(name, {});
      expect(reply).toMatchObject({ ok: false, error: { code: 'call-refused', reason: 'unknown-call' } });
    }
  );

  it('with another input than the contract says is refused, and its input is not logged', async () => {
    const handler = vi.fn<CallHandlers['credential.signIn']>();
    const router = routerOf({ 'credential.signIn': handler });
    const reply = await router.call('credential.signIn', { registry: 7, username: 'ada', secret: 'lovelace' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'call-refused', reason: 'bad-input' } });
    expect(handler).not.toHaveBeenCalled();
    expect(logged).toEqual(['refused "credential.signIn": bad-input']);
  });

  it('that fails gives the error as data, without its cause', async () => {
    const cause = new Error('cause with s3cret');
    const router = routerOf({ 'image.list': () => Promise.reject(new AppError('engine-none', {}, { cause })) });
    expect(await router.call('image.list', {})).toEqual({ ok: false, error: { code: 'engine-none' } });
    expect(logged).toEqual([]);
  });

  it('that fails inside is logged by its name and reported without a stack', async () => {
    const router = routerOf({ 'image.list': () => Promise.reject(new TypeError('x is undefined')) });
    const reply = await router.call('image.list', {});
    expect(reply).toEqual({ ok: false, error: { code: 'internal', detail: 'TypeError: x is undefined' } });
    expect(logged).toEqual(['image.list: TypeError: x is undefined']);
  });

  it('whose output is not what the contract says fails in tests and development', async () => {
    const handlers = { 'image.list': () => Promise.resolve([{ id: 7 }] as never) };
    expect(await routerOf(handlers).call('image.list', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await routerOf(handlers, false).call('image.list', {})).toEqual({ ok: true, value: [{ id: 7 }] });
  });

  it('of any name with any input has a reply', async () => {
    const router = routerOf({});
    const name = fc.oneof(fc.constantFrom(...Object.keys(calls)), fc.anything());
    await fc.assert(
      fc.asyncProperty(name, fc.anything(), async (called, input) => {
        const reply = await router.call(called, input);
        // There are no handlers: what is accepted fails inside.
        expect(reply).toMatchObject({ ok: false });
      })
    );
  });
});

describe('a drop', () => {
  it('opens the paths', async () => {
    expect(await routerOf({}).drop(['/a', '/b'])).toMatchObject({ ok: true });
    expect(opened).toEqual([['/a', '/b']]);
  });

  it.each([[undefined], ['/a'], [[7]], [['']], [Array.from({ length: 257 }, () => '/a')], [['/'.repeat(40_000)]]])(
    'of something else is refused',
    async (paths) => {
      expect(await routerOf({}).drop(paths)).toMatchObject({ ok: false, error: { code: 'call-refused' } });
      expect(opened).toEqual([]);
    }
  );
});
