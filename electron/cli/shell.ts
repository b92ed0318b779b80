import type { Readable } from 'node:stream';
import type { RemoteImages } from '#core/registry/remote-images.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';

/** The command's environment. */
export interface Shell {
  folder: string;
  stdin: Readable;
  write: (text: string) => void;
  /** Progress and errors: not part of the output. */
  log: (text: string) => void;
  /** Columns of the terminal; null if the output is not a terminal, and must not be cut. */
  columns: number | null;
  /** The engine with this name or address; null for the one that docker uses. */
  openEngine: (name: string | null) => Promise<EngineClient>;
  /** Access to registries, with the logins that the app uses. */
  openRegistries: () => Promise<RemoteImages>;
  signal: AbortSignal;
}
