import { z } from 'zod';
import { formatHealthcheck } from './format-healthcheck.ts';

/** What an image's config says of how its containers run. */
export interface ImageSettings {
  /** "linux/arm64/v8". */
  platform: string;
  env: ReadonlyMap<string, string>;
  /** Null when there is none. */
  entrypoint: string[] | null;
  cmd: string[] | null;
  user: string;
  workdir: string;
  /** "8080/tcp". */
  ports: string[];
  volumes: string[];
  labels: ReadonlyMap<string, string>;
  /** As a Dockerfile has it, "--interval=30s CMD wget -q localhost"; empty without one. */
  healthcheck: string;
  /** Every row, base first, as the config has it. */
  history: string[];
}

/** Of an image that tells none. */
export const emptySettings: ImageSettings = {
  platform: '',
  env: new Map(),
  entrypoint: null,
  cmd: null,
  user: '',
  workdir: '',
  ports: [],
  volumes: [],
  labels: new Map(),
  healthcheck: '',
  history: []
};

const text = z.string().max(1_000_000);
const list = z.array(text).max(10_000).nullish();
const names = z.record(z.string().max(10_000), z.unknown()).nullish();

/** The same in the config of an archive, and in an engine's answer to an inspect, which lacks the history. */
const settingsSchema = z.object({
  os: text.nullish(),
  architecture: text.nullish(),
  variant: text.nullish(),
  config: z
    .object({
      Env: list,
      Entrypoint: list,
      Cmd: list,
      User: text.nullish(),
      WorkingDir: text.nullish(),
      ExposedPorts: names,
      Volumes: names,
      Labels: z.record(z.string().max(10_000), text.nullable()).nullish(),
      Healthcheck: z.record(z.string(), z.unknown()).nullish()
    })
    .nullish(),
  history: z
    .array(z.object({ created_by: text.nullish(), comment: text.nullish() }))
    .max(10_000)
    .nullish()
});

/** Reads a config: https://github.com/opencontainers/image-spec/blob/main/config.md. Null when it is none. */
export function readSettings(document: unknown): ImageSettings | null {
  const parsed = settingsSchema.safeParse(document);
  if (!parsed.success) return null;
  const { os, architecture, variant, config, history } = parsed.data;
  return {
    platform: [os, architecture, variant].filter((part) => part != null && part !== '').join('/'),
    env: new Map((config?.Env ?? []).map(splitVariable)),
    entrypoint: config?.Entrypoint ?? null,
    cmd: config?.Cmd ?? null,
    user: config?.User ?? '',
    workdir: config?.WorkingDir ?? '',
    ports: Object.keys(config?.ExposedPorts ?? {}),
    volumes: Object.keys(config?.Volumes ?? {}),
    labels: new Map(Object.entries(config?.Labels ?? {}).map(([name, value]) => [name, value ?? ''])),
    healthcheck: config?.Healthcheck ? formatHealthcheck(config.Healthcheck) : '',
    history: (history ?? []).map((row) => row.created_by ?? row.comment ?? '')
  };
}

function splitVariable(line: string): [string, string] {
  const equals = line.indexOf('=');
  return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
}
