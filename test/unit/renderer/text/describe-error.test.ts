import { describe, expect, it } from 'vitest';
import { describeError } from '../../../../renderer/src/text/describe-error.ts';

describe('describeError', () => {
  it("separates the title, the next step, and the other system's message", () => {
    const text = describeError({ code: 'engine-unreachable', engine: 'Colima', detail: 'ECONNREFUSED' });
    expect(text.title).toBe("Can't connect to Colima");
    expect(text.next).not.toBe('');
    expect(text.detail).toBe('ECONNREFUSED');
  });

  it('shows the last lines of a failed step as its details', () => {
    const error = { code: 'build-step-failed', instruction: 'RUN false', exitCode: 1, lastLines: ['a', 'b'] } as const;
    expect(describeError({ ...error, lastLines: [...error.lastLines] }).detail).toBe('a\nb');
    expect(describeError({ ...error, lastLines: [] }).detail).toBeNull();
  });

  it('has no details if there is nothing to add', () => {
    expect(describeError({ code: 'engine-none' }).detail).toBeNull();
    expect(describeError({ code: 'build-failed', detail: '' }).detail).toBeNull();
  });
});
