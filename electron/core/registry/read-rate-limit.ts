import type { RateLimit } from '#contract/schema/remote-image.ts';

/**
 * Parses "100;w=21600": 100 in six hours. Null if the registry has no limit, or reports none.
 * https://docs.docker.com/docker-hub/usage/pulls/#view-hourly-pull-rate-and-limit
 */
export function readRateLimit(headers: Headers): RateLimit | null {
  const limit = readFigure(headers.get('ratelimit-limit'));
  const remaining = readFigure(headers.get('ratelimit-remaining'));
  if (limit === null && remaining === null) return null;
  return {
    limit: limit?.count ?? null,
    remaining: remaining?.count ?? null,
    windowSeconds: limit?.windowSeconds ?? remaining?.windowSeconds ?? null
  };
}

function readFigure(header: string | null): { count: number; windowSeconds: number | null } | null {
  const [, count, window] = /^\s*(\d{1,9})(?:\s*;\s*w=(\d{1,9}))?/.exec(header ?? '') ?? [];
  if (count === undefined) return null;
  return { count: Number(count), windowSeconds: window === undefined ? null : Number(window) };
}
