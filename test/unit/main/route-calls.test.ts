import { beforeEach, describe, expect, it, vi } from 'vitest';
import { channels } from '#contract/ipc/channels.ts';
import type { Reply } from '#contract/ipc/bridge.ts';
import { routeCalls, type CallRouter } from '../../../electron/main/route-calls.ts';
import { handled } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const ourFrame = { url: 'app://slipway/index.html' };
const ours = { mainFrame: ourFrame };
let accepted: unknown[];
let logged: string[];

beforeEach(() => {
  accepted = [];
  logged = [];
  const router: CallRouter = {
    call: (name, input) => Promise.resolve({ ok: true, value: accepted.push([name, input]) }),
    drop: (paths) => Promise.resolve({ ok: true, value: accepted.push(paths) })
  };
  routeCalls({
    page: () => ours as never,
    router: Promise.resolve(router),
    log: (line) => void logged.push(line)
  });
});

const send = (channel: string, event: object, ...values: unknown[]): Promise<Reply<unknown>> => {
  const listener = handled.get(channel) as (...values: unknown[]) => Promise<Reply<unknown>>;
  return listener(event, ...values);
};

describe('what the page sends', () => {
  it('is passed on from the main frame of our window', async () => {
    await send(channels.call, { sender: ours, senderFrame: ourFrame }, 'app.info', {});
    await send(channels.drop, { sender: ours, senderFrame: ourFrame }, ['/a']);
    expect(accepted).toEqual([['app.info', {}], ['/a']]);
    expect(logged).toEqual([]);
  });

  const elsewhere = { url: 'https://example.org/' };
  const lookalike = { url: 'app://slipway.example.org/index.html' };
  it.each([
    ['another window', { sender: { mainFrame: ourFrame }, senderFrame: ourFrame }],
    ['a frame inside our page', { sender: ours, senderFrame: { url: ourFrame.url } }],
    ['a frame that is gone', { sender: ours, senderFrame: null }],
    ['another page in our window', { sender: { mainFrame: elsewhere }, senderFrame: elsewhere }]
  ])('is refused from %s', async (_what, event) => {
    for (const [channel, value] of [
      [channels.call, 'app.info'],
      [channels.drop, ['/a']]
    ] as const) {
      const reply = await send(channel, event, value, { text: 's3cret' });
      expect(reply).toMatchObject({ ok: false, error: { code: 'call-refused', reason: 'sender' } });
    }
    expect(accepted).toEqual([]);
    expect(logged.join()).not.toContain('s3cret');
  });

  it.each([elsewhere, lookalike])('is refused where our window shows %j', async (frame) => {
    const page = { mainFrame: frame };
    routeCalls({
      page: () => page as never,
      router: new Promise<CallRouter>(() => undefined),
      log: (line) => void logged.push(line)
    });
    const reply = await send(channels.call, { sender: page, senderFrame: frame }, 'app.info', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'call-refused', reason: 'sender' } });
  });
});
