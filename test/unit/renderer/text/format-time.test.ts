import { describe, expect, it } from 'vitest';
import { formatAgo, formatClock, formatDuration, formatMoment } from '../../../../renderer/src/text/format-time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Noon by the local clock, so that the day before is equally far in every time zone. */
const now = new Date(2026, 10, 24, 12, 0, 30).getTime();

describe('formatDuration', () => {
  it.each([
    [-5, '0.0 s'],
    [90, '0.1 s'],
    [41_200, '41.2 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_720_000, '1 h 02 min']
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatAgo', () => {
  it.each([
    [-hour, 'just now'],
    [59_000, 'just now'],
    [2 * minute, '2 min ago'],
    [3 * hour, '3 h ago'],
    [day, 'yesterday'],
    [3 * day, '3 days ago'],
    [15 * day, '2 weeks ago'],
    [125 * day, '4 months ago'],
    [800 * day, '2 years ago']
  ])('formats %d ms as %s', (ago, text) => {
    expect(formatAgo(now - ago, now)).toBe(text);
  });

  it('reports the previous evening as yesterday, although it was less than a day ago', () => {
    expect(formatAgo(new Date(2026, 10, 23, 22).getTime(), now)).toBe('yesterday');
  });
});

describe('formatMoment', () => {
  it('pads day and minute', () => {
    const at = new Date(2026, 0, 2, 3, 4).getTime();
    expect(formatMoment(at)).toBe('2026-01-02 03:04');
    expect(formatClock(at)).toBe('03:04');
  });
});
