import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { pause } from '#core/util/pause.ts';

it('ends at once when the signal fires, before or during the wait, and leaves no listener behind', async () => {
  const stop = new AbortController();
  const waiting = pause(3_600_000, stop.signal);
  stop.abort();
  await waiting;
  await pause(3_600_000, stop.signal);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
