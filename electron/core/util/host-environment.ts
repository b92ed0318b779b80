import { homedir } from 'node:os';

/** Where to look for engines, as values: what tests set and the app reads once. */
export interface HostEnvironment {
  env: NodeJS.ProcessEnv;
  homeDir: string;
  platform: NodeJS.Platform;
  /** Before every system path; "/" but in tests. */
  rootDir: string;
}

/** This machine's. */
export function readHostEnvironment(env: NodeJS.ProcessEnv = process.env): HostEnvironment {
  return { env, homeDir: homedir(), platform: process.platform, rootDir: '/' };
}
