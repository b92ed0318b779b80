import { z } from 'zod';
import { goMap, goOptionalSlice, goPointer, goText } from './go-json.ts';

const MAX_TEXT = 1_000_000;
const MAX_COUNT = 10_000;
const text = goText(MAX_TEXT);
const list = goOptionalSlice(z.string().max(MAX_TEXT), MAX_COUNT);
/** Sets are objects with empty values. */
const set = goMap(z.unknown(), MAX_COUNT);

/** `config` of an image: https://github.com/opencontainers/image-spec/blob/main/config.md, Healthcheck is Docker's own. */
export const runConfigSchema = z.object({
  Env: list,
  Entrypoint: list,
  Cmd: list,
  User: text,
  WorkingDir: text,
  ExposedPorts: set,
  Volumes: set,
  Labels: goMap(text, MAX_COUNT),
  Healthcheck: goPointer(z.record(z.string(), z.unknown()))
});
