import type { Settings } from '#contract/schema/settings.ts';

/** What a page of the harness is to show. */
export interface Scene {
  readonly theme: Settings['theme'];
  readonly engine: 'connected' | 'podman' | 'none' | 'lost' | 'searching' | 'starting';
  /** Nothing known yet: no projects, images, builds, logins. */
  readonly empty: boolean;
  readonly keychain: boolean;
  /** The engine has 5,000 images. */
  readonly many: boolean;
  /** A project is open from the start. */
  readonly project: boolean;
  /** How calls end that may fail: sign-ins refused, folders unreadable, builds failing. */
  readonly failing: boolean;
}

/** Reads a scene from a query: "?theme=light&engine=none". */
export function readScene(search: string): Scene {
  const query = new URLSearchParams(search);
  const among = <Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value =>
    values.find((value) => value === query.get(name)) ?? values[0];
  return {
    theme: among('theme', ['dark', 'light', 'system']),
    engine: among('engine', ['connected', 'podman', 'none', 'lost', 'searching', 'starting']),
    empty: query.has('empty'),
    keychain: !query.has('nokeychain'),
    many: query.has('many'),
    project: query.has('project'),
    failing: query.has('failing')
  };
}
