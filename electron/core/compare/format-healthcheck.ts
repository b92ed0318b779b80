import { z } from 'zod';

/** In nanoseconds; an engine writes 0 for a field that is not set. */
const duration = z.number().int().nonnegative().nullish();

const healthcheckSchema = z.strictObject({
  Test: z.tuple([z.enum(['NONE', 'CMD', 'CMD-SHELL'])], z.string()),
  Interval: duration,
  Timeout: duration,
  StartPeriod: duration,
  StartInterval: duration,
  Retries: z.number().int().nonnegative().nullish()
});

/**
 * A config's Healthcheck as a Dockerfile instruction, https://docs.docker.com/reference/dockerfile/#healthcheck; else
 * JSON.
 */
export function formatHealthcheck(healthcheck: unknown): string {
  const parsed = healthcheckSchema.safeParse(healthcheck);
  if (!parsed.success) return JSON.stringify(healthcheck);
  const { Test, Interval, Timeout, StartPeriod, StartInterval, Retries } = parsed.data;
  const [kind, ...words] = Test;
  const durations = {
    interval: Interval,
    timeout: Timeout,
    'start-period': StartPeriod,
    'start-interval': StartInterval
  };
  const options = Object.entries(durations).map(([name, nanoseconds]) =>
    nanoseconds ? `--${name}=${formatDuration(nanoseconds)}` : ''
  );
  const retries = Retries ? `--retries=${Retries}` : '';
  const command = kind === 'NONE' ? kind : `CMD ${kind === 'CMD' ? JSON.stringify(words) : words.join(' ')}`;
  return [...options, retries, command].filter((part) => part !== '').join(' ');
}

function formatDuration(nanoseconds: number): string {
  return nanoseconds % 1e9 === 0 ? `${nanoseconds / 1e9}s` : `${nanoseconds / 1e6}ms`;
}
