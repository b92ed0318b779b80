import { formatNumber } from '#contract/format/format-number.ts';
import { words } from '#contract/words/words.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "0.1 s", "41.2 s", "3 min 05 s", "1 h 02 min". */
export function formatDuration(durationMs: number): string {
  const milliseconds = Math.max(0, durationMs);
  if (milliseconds < 59_950) return words.time.seconds(formatNumber(milliseconds / secondMs, 1));
  const seconds = Math.round(milliseconds / secondMs);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return words.time.minutesAndSeconds(minutes, pad(seconds % 60));
  return words.time.hoursAndMinutes(Math.floor(minutes / 60), pad(minutes % 60));
}

/** A time that is still running, without tenths: "12 s", "3 min 05 s". */
export function formatWholeSeconds(durationMs: number): string {
  const seconds = Math.floor(Math.max(0, durationMs) / secondMs);
  return seconds < 60 ? words.time.seconds(formatNumber(seconds)) : formatDuration(seconds * secondMs);
}

/** Time elapsed until `now` (both milliseconds since 1970): "just now", "2 min ago", "yesterday", "3 weeks ago". */
export function formatAgo(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < minuteMs) return words.time.justNow;
  if (ago < hourMs) return words.time.minutesAgo(Math.floor(ago / minuteMs));
  const days = calendarDays(at, now);
  if (days === 0 || ago < 6 * hourMs) return words.time.hoursAgo(Math.floor(ago / hourMs));
  if (days === 1) return words.time.yesterday;
  if (days < 14) return words.time.daysAgo(days);
  if (days < 60) return words.time.weeksAgo(Math.floor(days / 7));
  if (days < 730) return words.time.monthsAgo(Math.floor(days / 30.44));
  return words.time.yearsAgo(Math.floor(days / 365.25));
}

/** Local date and time, for tooltips and lists: "2026-11-24 10:26". */
export function formatMoment(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${formatClock(at)}`;
}

/** "10:26", local time. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

function calendarDays(from: number, to: number): number {
  return Math.round((midnight(to) - midnight(from)) / dayMs);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
