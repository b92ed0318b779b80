import { z } from 'zod';

const text = z.string().max(1_000_000);
const list = z.array(text).max(10_000).nullish();
/** Sets are objects with empty values. */
const set = z.record(text, z.unknown()).nullish();

/** `config` of an image: https://github.com/opencontainers/image-spec/blob/main/config.md, Healthcheck is Docker's own. */
export const runConfigSchema = z.object({
  Env: list,
  Entrypoint: list,
  Cmd: list,
  User: text.nullish(),
  WorkingDir: text.nullish(),
  ExposedPorts: set,
  Volumes: set,
  Labels: z.record(text, text.nullable()).nullish(),
  Healthcheck: z.record(z.string(), z.unknown()).nullish()
});
