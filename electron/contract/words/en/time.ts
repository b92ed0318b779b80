import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

/** Times and durations. A number of seconds comes formatted, with its decimals. */
export const time = {
  seconds: (seconds: string) => `${seconds} s`,
  minutes: (minutes: number) => `${formatNumber(minutes)} min`,
  hours: (hours: number) => `${formatNumber(hours)} h`,
  minutesAndSeconds: (minutes: number, seconds: string) => `${formatNumber(minutes)} min ${seconds} s`,
  hoursAndMinutes: (hours: number, minutes: string) => `${formatNumber(hours)} h ${minutes} min`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${formatNumber(minutes)} min ago`,
  hoursAgo: (hours: number) => `${formatNumber(hours)} h ago`,
  yesterday: 'yesterday',
  daysAgo: (days: number) => plural(days, { one: '# day ago', other: '# days ago' }),
  weeksAgo: (weeks: number) => plural(weeks, { one: '# week ago', other: '# weeks ago' }),
  monthsAgo: (months: number) => plural(months, { one: '# month ago', other: '# months ago' }),
  yearsAgo: (years: number) => plural(years, { one: '# year ago', other: '# years ago' })
};
