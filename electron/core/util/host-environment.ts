import { homedir } from 'node:os';

/** Where to find engines, as values: tests set them, and the app reads them once. */
export interface HostEnvironment {
  env: NodeJS.ProcessEnv;
  homeDir: string;
  platform: NodeJS.Platform;
  /** Prefix of every system path; "/" except in tests. */
  rootDir: string;
}

/** The values of this machine. */
export function readHostEnvironment(env: NodeJS.ProcessEnv = process.env): HostEnvironment {
  return { env, homeDir: homedir(), platform: process.platform, rootDir: '/' };
}
