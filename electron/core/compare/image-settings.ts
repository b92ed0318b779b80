import { createdByOf } from '../oci/clean-created-by.ts';
import type { ImageConfig } from '../oci/image-documents.ts';
import { formatPlatform } from '../oci/platform.ts';
import { formatHealthcheck } from './format-healthcheck.ts';

/** The runtime settings in an image's config. */
export interface ImageSettings {
  /** "linux/arm64/v8". */
  platform: string;
  env: ReadonlyMap<string, string>;
  /** Null if it has none. */
  entrypoint: string[] | null;
  cmd: string[] | null;
  user: string;
  workdir: string;
  /** "8080/tcp". */
  ports: string[];
  volumes: string[];
  labels: ReadonlyMap<string, string>;
  /** As in a Dockerfile, "--interval=30s CMD wget -q localhost"; empty without one. */
  healthcheck: string;
  /** Every row, base first, as in the config. */
  history: string[];
}

/** Reads the settings of an image's config; one without `config` only has its platform and history. */
export function readSettings(document: ImageConfig): ImageSettings {
  const { config, history } = document;
  return {
    platform: formatPlatform(document),
    env: new Map((config?.Env ?? []).map(splitVariable)),
    entrypoint: orNull(config?.Entrypoint),
    cmd: orNull(config?.Cmd),
    user: config?.User ?? '',
    workdir: config?.WorkingDir ?? '',
    ports: Object.keys(config?.ExposedPorts ?? {}),
    volumes: Object.keys(config?.Volumes ?? {}),
    labels: new Map(Object.entries(config?.Labels ?? {})),
    healthcheck: config?.Healthcheck ? formatHealthcheck(config.Healthcheck) : '',
    history: history.map(createdByOf)
  };
}

/** An empty list sets nothing, as null. */
function orNull(list: string[] | undefined): string[] | null {
  return list === undefined || list.length === 0 ? null : list;
}

function splitVariable(line: string): [string, string] {
  const equals = line.indexOf('=');
  return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
}
