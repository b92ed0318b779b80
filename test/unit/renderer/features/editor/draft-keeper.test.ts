import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppErrorData } from '#contract/schema/error.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import { DraftKeeper } from '../../../../../renderer/src/features/editor/draft-keeper.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const full: AppErrorData = { code: 'file-unwritable', file: 'x.json', detail: 'ENOSPC' };
let calls: string[];
let error: AppErrorData | null;
let errors: AppErrorData[];
let keeper: DraftKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  error = null;
  errors = [];
  const { bridge } = createTestBridge({
    'draft.save': ({ draft }) => {
      calls.push(`${draft.file} ${draft.text} ${draft.revision ?? 'new'}`);
      if (error !== null) throw new CallError(error);
      return {};
    },
    'draft.remove': ({ file }) => {
      calls.push(`${file} removed`);
      return {};
    }
  });
  keeper = new DraftKeeper(bridge, 'abcdef0123456789', (each) => void errors.push(each));
});
afterEach(() => vi.useRealTimers());

const documentOf = (file: string) => ({ file, text: '', revision: 'r1', isUnsaved: true });

describe('DraftKeeper', () => {
  it('stores the first change at once, and the last one of many soon after', async () => {
    const document = documentOf('Dockerfile');
    for (const text of ['a', 'ab', 'abc']) keeper.update(Object.assign(document, { text }));
    expect(calls).toEqual(['Dockerfile a r1']);
    await vi.runAllTimersAsync();
    expect(calls).toEqual(['Dockerfile a r1', 'Dockerfile abc r1']);
  });

  it('stores what is pending when it is flushed, once', async () => {
    const [one, other] = [documentOf('one.Dockerfile'), documentOf('other.Dockerfile')];
    keeper.update(one);
    keeper.update(Object.assign(one, { text: 'a' }));
    keeper.update(Object.assign(other, { text: 'b' }));
    keeper.flush();
    expect(calls.slice(1)).toEqual(['one.Dockerfile a r1', 'other.Dockerfile b r1']);
    keeper.flush();
    await vi.runAllTimersAsync();
    expect(calls).toHaveLength(3);
  });

  it('removes the draft of a file that is saved or as it was', () => {
    keeper.update({ ...documentOf('Dockerfile'), isUnsaved: false });
    expect(calls).toEqual(['Dockerfile removed']);
  });

  it('reports that drafts cannot be stored, once until they can', async () => {
    const change = async (text: string): Promise<void> => {
      keeper.update({ ...documentOf('Dockerfile'), text });
      await vi.runAllTimersAsync();
    };
    error = full;
    await change('a');
    await change('b');
    expect(errors).toEqual([full]);
    error = null;
    await change('c');
    error = full;
    await change('d');
    expect(errors).toEqual([full, full]);
  });
});
