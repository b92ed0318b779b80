import { describe, expect, it } from 'vitest';
import { KeyedQueue } from '#core/util/keyed-queue.ts';
import { SerialQueue } from '#core/util/serial-queue.ts';

/** Work that records its start and end, and ends when it is released. */
function createWork(
  log: string[],
  name: string
): { run: () => Promise<string>; release: () => void; fail: () => void } {
  let release = (): void => undefined;
  let fail = (): void => undefined;
  const released = new Promise<void>((resolve, reject) => {
    release = resolve;
    fail = () => reject(new Error(name));
  });
  const run = async (): Promise<string> => {
    log.push(`start ${name}`);
    await released.finally(() => log.push(`end ${name}`));
    return name;
  };
  return { run, release: () => release(), fail: () => fail() };
}

const turn = (): Promise<void> => new Promise(setImmediate);

describe('SerialQueue', () => {
  it('starts work when the previous work has settled, even with an error', async () => {
    const log: string[] = [];
    const [a, b] = [createWork(log, 'a'), createWork(log, 'b')];
    const queue = new SerialQueue();
    const results = [queue.run(a.run), queue.run(b.run)];
    await turn();
    expect(log).toEqual(['start a']);
    b.release();
    a.fail();
    expect(await Promise.allSettled(results)).toMatchObject([{ status: 'rejected' }, { value: 'b' }]);
    expect(log).toEqual(['start a', 'end a', 'start b', 'end b']);
  });
});

describe('KeyedQueue', () => {
  it('serializes only the work of the same key, also if it was idle before', async () => {
    const log: string[] = [];
    const [a, b, other] = [createWork(log, 'a'), createWork(log, 'b'), createWork(log, 'other')];
    const queue = new KeyedQueue();
    const results = [queue.run('x', a.run), queue.run('x', b.run), queue.run('y', other.run)];
    await turn();
    expect(log).toEqual(['start a', 'start other']);
    other.release();
    a.release();
    b.release();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'other']);
    expect(log.indexOf('start b')).toBeGreaterThan(log.indexOf('end a'));
    expect(await queue.run('x', () => Promise.resolve('again'))).toBe('again');
  });
});
