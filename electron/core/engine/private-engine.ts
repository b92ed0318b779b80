import { spawn, type ChildProcess } from 'node:child_process';
import type { ErrorDetail, ErrorReason } from '#contract/schema/error-reason.ts';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { PrivateEngineProgram } from '#contract/schema/engine.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { connectEngine } from './connect-engine.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from './discovered-engine.ts';
import { pause } from '../util/pause.ts';
import { privateEngineCommand, WITHOUT_NETWORK, type PrivateEngineCommand } from './private-engine-command.ts';
import { preparePaths, type PrivateEnginePaths } from './private-engine-paths.ts';
import { isProcessOf, stopProcess } from './stop-process.ts';

const START_LIMIT_MS = 60_000;
const PROBE_LIMIT_MS = 5_000;
const PROBE_INTERVAL_MS = 100;
const STOP_GRACE_MS = 10_000;
const LOG_TAIL_BYTES = 8_192;
const LOG_TAIL_LINES = 12;

/** What to start, with which folders. */
export interface PrivateEngineOptions {
  program: PrivateEngineProgram;
  /** Contains the engine's images; kept between runs. */
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** Appended for dockerd; before "system service" for podman. */
  extraArgs?: string[];
  signal?: AbortSignal;
}

/** A private engine, which ends with the app. */
export interface PrivateEngine {
  found: DiscoveredEngine;
  pid: number;
  /** Stops it (by force after ten seconds); its images stay. */
  stop(): Promise<void>;
}

/**
 * Starts dockerd or podman with its own socket and data and waits until it answers; reuses one that a crash left
 * running. The system's engine is never touched. Throws engine-start-failed with the log's last lines, or Cancelled.
 */
export async function startPrivateEngine(options: PrivateEngineOptions): Promise<PrivateEngine> {
  const { program, dataDir, env, extraArgs = [] } = options;
  const signal = options.signal ?? new AbortController().signal;
  const paths = await preparePaths(program, dataDir, env).catch((error: unknown) => {
    throw error instanceof AppError ? error : startFailed(program, cleanDetail(String(error)));
  });
  const found = toDiscoveredEngine('private', program === 'podman' ? 'Private Podman' : 'Private Docker', {
    kind: 'socket',
    socketPath: paths.socketPath
  });
  const existingPid = await takeOver(paths, found, env, signal);
  if (existingPid !== undefined) return { found, pid: existingPid, stop: () => stop(existingPid, paths) };
  const command = await privateEngineCommand(program, paths, { env, extraArgs });
  if (command === undefined) throw startFailed(program, missing(program));
  const pid = await startWithNetworkIfPossible(program, command, paths, found, signal);
  return { found, pid, stop: () => stop(pid, paths) };
}

/** The pid of an engine that an earlier run left running, if it answers; if not, it is stopped. */
async function takeOver(
  paths: PrivateEnginePaths,
  found: DiscoveredEngine,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal
): Promise<number | undefined> {
  const pid = Number(await readFile(paths.pidPath, 'utf8').catch(() => ''));
  if (await isProcessOf(pid, paths.socketPath)) {
    const answers = await connectEngine(found, signal, { env, limitMs: PROBE_LIMIT_MS }).then(
      () => true,
      () => false
    );
    if (answers) return pid;
  }
  await stop(pid, paths);
  return undefined;
}

async function startWithNetworkIfPossible(
  program: PrivateEngineProgram,
  command: PrivateEngineCommand,
  paths: PrivateEnginePaths,
  found: DiscoveredEngine,
  signal: AbortSignal
): Promise<number> {
  try {
    return await startOnce(program, command, paths, found, signal);
  } catch (error) {
    if (!failedOnNetwork(error) || command.args.includes('--bridge=none')) throw error;
    return startOnce(program, { ...command, args: [...command.args, ...WITHOUT_NETWORK] }, paths, found, signal);
  }
}

/** Inside a container even root may not be allowed to create a bridge; dockerd then reports it and exits. */
function failedOnNetwork(error: unknown): boolean {
  if (!(error instanceof AppError) || error.data.code !== 'engine-start-failed') return false;
  const { detail } = error.data;
  return typeof detail === 'string' && /network controller|iptables|bridge/i.test(detail);
}

async function startOnce(
  program: PrivateEngineProgram,
  command: PrivateEngineCommand,
  paths: PrivateEnginePaths,
  found: DiscoveredEngine,
  signal: AbortSignal
): Promise<number> {
  await writeFile(paths.configPath, '{}\n');
  const child = await launch(command, paths.logPath);
  const { pid } = child;
  if (pid === undefined) throw startFailed(program, missing(program));
  await writeFile(paths.pidPath, `${pid}\n`);
  try {
    await waitUntilReady(program, child, paths, found, signal);
    return pid;
  } catch (error) {
    await stop(pid, paths);
    throw error;
  }
}

async function launch(command: PrivateEngineCommand, logPath: string): Promise<ChildProcess> {
  const log = await open(logPath, 'w', 0o600);
  try {
    const child = spawn(command.file, command.args, { env: command.env, stdio: ['ignore', log.fd, log.fd] });
    // A failed start leaves the pid undefined.
    child.once('error', () => undefined);
    return child;
  } finally {
    await log.close();
  }
}

async function waitUntilReady(
  program: PrivateEngineProgram,
  child: ChildProcess,
  paths: PrivateEnginePaths,
  found: DiscoveredEngine,
  signal: AbortSignal
): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end;) {
    if (signal.aborted) throw new Cancelled();
    if (child.exitCode !== null || child.signalCode !== null) {
      throw startFailed(
        program,
        cleanDetail(await readLogTail(paths.logPath)) || { reason: 'program-exited', program }
      );
    }
    try {
      await connectEngine(found, signal, { limitMs: PROBE_LIMIT_MS });
      return;
    } catch (error) {
      if (error instanceof AppError && error.data.code !== 'engine-unreachable') throw error;
    }
    await pause(PROBE_INTERVAL_MS, signal);
  }
  const lastLines = await readLogTail(paths.logPath);
  throw startFailed(program, {
    reason: 'program-not-ready',
    seconds: START_LIMIT_MS / 1000,
    log: cleanDetail(lastLines)
  });
}

async function stop(pid: number, paths: PrivateEnginePaths): Promise<void> {
  await stopProcess(pid, paths.socketPath, STOP_GRACE_MS);
  await stopContainerd(paths);
  for (const path of [paths.pidPath, paths.socketPath, join(paths.runDir, 'dockerd.pid')]) {
    await rm(path, { force: true });
  }
}

/** A killed dockerd leaves its containerd running, and the next one would wait for it because of its pid file. */
async function stopContainerd(paths: PrivateEnginePaths): Promise<void> {
  const dir = join(paths.runDir, 'exec', 'containerd');
  const pidPath = join(dir, 'containerd.pid');
  const pid = Number(await readFile(pidPath, 'utf8').catch(() => ''));
  await stopProcess(pid, dir, STOP_GRACE_MS);
  await rm(pidPath, { force: true });
}

async function readLogTail(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.slice(-LOG_TAIL_BYTES).trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

function startFailed(program: PrivateEngineProgram, detail: ErrorDetail): AppError {
  return new AppError('engine-start-failed', { program, detail });
}

function missing(program: PrivateEngineProgram): ErrorReason {
  return { reason: program === 'podman' ? 'podman-not-installed' : 'dockerd-not-installed' };
}
