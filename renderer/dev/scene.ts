import type { JobInfo } from '#contract/schema/job.ts';
import type { Settings } from '#contract/schema/settings.ts';

/** What can be made to fail: a kind of job, or a call. */
export type FailingPart = JobInfo['kind'] | 'sign-in' | 'import' | 'store' | 'helper';

/** What the page with made-up data displays. */
export interface Scene {
  readonly theme: Settings['theme'];
  readonly engine: 'connected' | 'podman' | 'none' | 'lost' | 'searching' | 'starting';
  /** No data yet: no projects, images, builds, logins. */
  readonly empty: boolean;
  readonly keychain: boolean;
  /** The engine has 5,000 images. */
  readonly many: boolean;
  /** A project is open from the start. */
  readonly project: boolean;
  /** The project has no Dockerfile. */
  readonly starter: boolean;
  /** Names of projects, images, registries and users are long; or have control characters and direction marks. */
  readonly names: 'short' | 'long' | 'hostile';
  /** The project has a remembered comparison of this many images. */
  readonly compared: number;
  /** Jobs end immediately, instead of after some seconds. */
  readonly instant: boolean;
  /** Whether jobs of this kind stop halfway, and never end. */
  isHeld(kind: JobInfo['kind']): boolean;
  isFailing(part: FailingPart): boolean;
}

/**
 * Parses a scene from a query: "?theme=light&engine=none", "?failing" for everything,
 * "?failing=build,push&held=analysis".
 */
export function readScene(search: string): Scene {
  const query = new URLSearchParams(search);
  const among = <Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value =>
    values.find((value) => value === query.get(name)) ?? values[0];
  const includes = (name: string, value: string): boolean =>
    query.get(name) === '' || (query.get(name)?.split(',').includes(value) ?? false);
  return {
    theme: among('theme', ['dark', 'light', 'system']),
    engine: among('engine', ['connected', 'podman', 'none', 'lost', 'searching', 'starting']),
    empty: query.has('empty'),
    keychain: !query.has('nokeychain'),
    many: query.has('many'),
    project: query.has('project'),
    starter: query.has('starter'),
    names: query.has('hostile') ? 'hostile' : query.has('long') ? 'long' : 'short',
    compared: Number(query.get('compared')),
    instant: query.has('instant'),
    isHeld: (kind) => includes('held', kind),
    isFailing: (part) => includes('failing', part)
  };
}
