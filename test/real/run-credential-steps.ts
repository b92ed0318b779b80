import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import type { Step } from './credential-steps-program.ts';

export interface IsolatedHome {
  directory: string;
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/** A separate home folder, without a session bus: the real user's keyring and docker config are out of reach. */
export function makeHome(): IsolatedHome {
  const directory = mkdtempSync(path.join(tmpdir(), 'slipway-home-'));
  for (const name of ['run', 'data', 'config', 'docker']) mkdirSync(path.join(directory, name), { mode: 0o700 });
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    XDG_RUNTIME_DIR: path.join(directory, 'run'),
    XDG_DATA_HOME: path.join(directory, 'data'),
    XDG_CONFIG_HOME: path.join(directory, 'config'),
    DOCKER_CONFIG: path.join(directory, 'docker')
  };
  return { directory, env, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

const unlocked = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';

export type Bus = 'keyring' | 'locked' | 'empty' | 'none';

/** Compiles credential-steps-program.ts for plain Node, next to the packages that it needs. */
export async function buildProgram(): Promise<string> {
  const outDir = path.resolve('node_modules/.cache/slipway-real');
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['@github/keytar'] },
    build: {
      ssr: path.join(import.meta.dirname, 'credential-steps-program.ts'),
      outDir,
      rolldownOptions: { output: { entryFileNames: 'keyring-program.mjs' } }
    }
  });
  return path.join(outDir, 'keyring-program.mjs');
}

/**
 * Runs the program in its own process, under `bus`: `keyring` has an unlocked Secret Service, `locked` one that
 * was never unlocked, `empty` a bus without services, `none` no bus. Steps are passed and results returned as JSON.
 */
export async function runSteps(program: string, home: IsolatedHome, bus: Bus, steps: Step[]): Promise<unknown[]> {
  const node = [process.execPath, program];
  const command = {
    none: node,
    empty: ['dbus-run-session', `--config-file=${writeEmptyBus(home.directory)}`, '--', ...node],
    locked: ['dbus-run-session', '--', ...node],
    keyring: ['dbus-run-session', '--', 'sh', '-c', unlocked, 'sh', ...node]
  }[bus];
  const [name = '', ...rest] = command;
  const child = spawn(name, rest, { env: home.env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(steps));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown[];
}

function writeEmptyBus(directory: string): string {
  const file = path.join(directory, 'bus.conf');
  writeFileSync(
    file,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`
  );
  return file;
}
