import { describe, expect, it } from 'vitest';
import { formatMode } from '../../../../renderer/src/text/format-mode.ts';

describe('formatMode', () => {
  it.each([
    [0o755, 'rwxr-xr-x'],
    [0o640, 'rw-r-----'],
    [0o4755, 'rwsr-xr-x'],
    [0o2745, 'rwxr-Sr-x'],
    [0o1777, 'rwxrwxrwt'],
    [0o7000, '--S--S--T'],
    [0, '---------']
  ])('formats %o like ls', (mode, written) => {
    expect(formatMode(mode)).toBe(written);
  });
});
