import { z } from 'zod';
import type { ImageConfig } from '../../contract/schema/remote-image.ts';

const text = z.string().max(100_000);
const list = z.array(text).max(10_000).nullish();
/** Sets are written as objects with empty values. */
const set = z.record(text, z.unknown()).nullish();
const nanoseconds = z.number().nullish();

/** `config` of an image: https://github.com/opencontainers/image-spec/blob/main/config.md, Healthcheck is Docker's own. */
export const runConfigSchema = z.object({
  Env: list,
  Entrypoint: list,
  Cmd: list,
  User: text.nullish(),
  WorkingDir: text.nullish(),
  ExposedPorts: set,
  Volumes: set,
  Labels: z.record(text, text).nullish(),
  Healthcheck: z
    .object({
      Test: list,
      Interval: nanoseconds,
      Timeout: nanoseconds,
      StartPeriod: nanoseconds,
      Retries: z.number().nullish()
    })
    .nullish()
});

/** How the image runs, with what is left out as empty. */
export function toImageConfig(config: z.output<typeof runConfigSchema> | null | undefined): ImageConfig {
  const check = config?.Healthcheck;
  return {
    env: config?.Env ?? [],
    entrypoint: config?.Entrypoint ?? null,
    cmd: config?.Cmd ?? null,
    user: config?.User ?? '',
    workdir: config?.WorkingDir ?? '',
    ports: Object.keys(config?.ExposedPorts ?? {}).sort(),
    volumes: Object.keys(config?.Volumes ?? {}).sort(),
    labels: config?.Labels ?? {},
    healthcheck: check
      ? {
          test: check.Test ?? [],
          intervalMs: toMilliseconds(check.Interval),
          timeoutMs: toMilliseconds(check.Timeout),
          startPeriodMs: toMilliseconds(check.StartPeriod),
          retries: check.Retries ?? null
        }
      : null
  };
}

/** Zero is how an image says "as usual". */
function toMilliseconds(value: number | null | undefined): number | null {
  return value == null || value === 0 ? null : value / 1_000_000;
}
