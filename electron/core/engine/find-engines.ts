import { realpath, stat } from 'node:fs/promises';
import { AppError } from '../util/app-error.ts';
import type { EngineCandidate } from '#contract/schema/engine.ts';
import { currentContextName, readContexts, type DockerContext } from '../docker-config/docker-contexts.ts';
import { dockerConfigDirectory } from '../docker-config/docker-config-path.ts';
import type { EngineTarget } from '../docker-config/engine-address.ts';
import { findDefaultTlsHost, findDockerHost } from './find-docker-host.ts';
import { listDefaultSockets } from './list-default-sockets.ts';
import { toDiscoveredEngine, type DiscoveredEngine, type FailedEngine } from './discovered-engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

/** The candidates, best first, and problems of docker's own settings. */
export interface EngineSearch {
  engines: DiscoveredEngine[];
  /** docker-config-invalid, or DOCKER_HOST that is not an address. Never fatal. */
  problems: FailedEngine[];
}

/**
 * All candidates: DOCKER_HOST, the current docker context, the default sockets that exist, and the
 * other contexts. A socket found twice is listed once. Cheap: reads small files and contacts no engine.
 */
export async function findEngines(environment: HostEnvironment): Promise<EngineSearch> {
  const problems: FailedEngine[] = [];
  const collectProblem = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      problems.push({ candidate: settings(environment), error: error.data });
      return undefined;
    });
  const host = await collectProblem(Promise.resolve().then(() => findDockerHost(environment)));
  const current = await collectProblem(currentContextName(environment));
  const contexts = await readContexts(environment);
  const selected = contexts.find(({ name }) => name === current);
  if (current != null && selected?.target == null) {
    const reason = selected === undefined ? 'context-missing' : 'context-invalid';
    const detail = { reason, context: current.slice(0, 100) } as const;
    problems.push({ candidate: settings(environment), error: { code: 'engine-failed', detail } });
  }
  const hostOrDefault = host ?? (current === null ? findDefaultTlsHost(environment) : undefined);
  const engines = [
    ...(hostOrDefault === undefined ? [] : [hostOrDefault]),
    ...contexts.filter(({ name }) => name === current).flatMap((context) => contextEngine(context, true)),
    ...(await onlyExisting(await listDefaultSockets(environment))),
    ...contexts.filter(({ name }) => name !== current).flatMap((context) => contextEngine(context, false))
  ];
  return { engines: await withoutDuplicates(engines), problems };
}

/** Represents docker's own settings in errors that are not an engine's. */
function settings(environment: HostEnvironment): EngineCandidate {
  return {
    id: 'docker-settings',
    name: 'Docker settings',
    source: 'context',
    address: dockerConfigDirectory(environment)
  };
}

function contextEngine({ name, target }: DockerContext, current: boolean): DiscoveredEngine[] {
  return target === null ? [] : [toDiscoveredEngine('context', name, target, current || target.kind === 'socket')];
}

async function onlyExisting(engines: DiscoveredEngine[]): Promise<DiscoveredEngine[]> {
  const exists = await Promise.all(engines.map(({ target }) => socketExists(target)));
  return engines.filter((_engine, index) => exists[index] === true);
}

async function socketExists(target: EngineTarget): Promise<boolean> {
  if (target.kind !== 'socket') return true;
  return stat(target.socketPath).then(
    (found) => found.isSocket() || target.socketPath.startsWith('//'),
    () => false
  );
}

async function withoutDuplicates(engines: DiscoveredEngine[]): Promise<DiscoveredEngine[]> {
  const addresses = await Promise.all(
    engines.map(({ candidate, target }) => resolvedAddress(candidate.address, target))
  );
  return engines.filter((_engine, index) => addresses.indexOf(addresses[index] ?? '') === index);
}

async function resolvedAddress(address: string, target: EngineTarget): Promise<string> {
  if (target.kind !== 'socket') return address;
  return realpath(target.socketPath).catch(() => target.socketPath);
}
