import type { Readable } from 'node:stream';
import type { RemoteImages } from '#core/registry/remote-images.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';

/** What the command needs of the world around it. */
export interface Shell {
  folder: string;
  stdin: Readable;
  write: (text: string) => void;
  /** Progress and errors: not part of what the command answers. */
  log: (text: string) => void;
  openEngine: (signal: AbortSignal) => Promise<EngineClient>;
  /** What asks registries, with the logins that the app uses. */
  openRegistries: () => Promise<RemoteImages>;
  signal: AbortSignal;
}
