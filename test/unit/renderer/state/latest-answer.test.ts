import { describe, expect, test } from 'vitest';
import { CallError } from '../../../../renderer/src/bridge/call.ts';
import { LatestAnswer } from '../../../../renderer/src/state/latest-answer.svelte.ts';

describe('LatestAnswer', () => {
  test('keeps the previous answer until the next, and the error of a failed request', async () => {
    const answer = new LatestAnswer<string>();
    await answer.load(() => Promise.resolve('one'));
    await answer.load(() => Promise.reject(new CallError({ code: 'engine-none' })));
    expect([answer.value, answer.error]).toEqual(['one', { code: 'engine-none' }]);
    await answer.load(() => Promise.resolve('two'));
    expect([answer.value, answer.error]).toEqual(['two', null]);
  });

  test('drops an answer and an error that arrive after a newer request', async () => {
    const answer = new LatestAnswer<string>();
    const gates: { resolve: (value: string) => void; reject: (cause: Error) => void }[] = [];
    const wait = () => new Promise<string>((resolve, reject) => gates.push({ resolve, reject }));
    const loads = [answer.load(wait), answer.load(wait), answer.load(() => Promise.resolve('new'))];
    gates[0]?.resolve('old');
    gates[1]?.reject(new Error('old'));
    await Promise.all(loads);
    expect([answer.value, answer.error]).toEqual(['new', null]);
  });
});
