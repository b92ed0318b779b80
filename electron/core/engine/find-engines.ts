import { realpath, stat } from 'node:fs/promises';
import { AppError } from '../util/app-error.ts';
import type { EngineCandidate } from '#contract/schema/engine.ts';
import {
  currentContextName,
  dockerConfigDir,
  readContexts,
  type DockerContext
} from '../docker-config/docker-contexts.ts';
import type { EngineTarget } from '../docker-config/engine-address.ts';
import { findDockerHost } from './find-docker-host.ts';
import { listUsualSockets } from './find-sockets.ts';
import { foundEngine, type FoundEngine, type TriedEngine } from './found-engine.ts';
import type { Surroundings } from '../util/surroundings.ts';

/** What was found, best first, and what docker's own settings could not tell. */
export interface EngineSearch {
  engines: FoundEngine[];
  /** docker-config-invalid, or DOCKER_HOST that is not an address. Never fatal. */
  problems: TriedEngine[];
}

/**
 * Every place where an engine may answer: DOCKER_HOST, the docker context in use, the usual sockets that exist, and the
 * other contexts. The same socket by two ways is one. Cheap: reads small files and asks no engine.
 */
export async function findEngines(surroundings: Surroundings): Promise<EngineSearch> {
  const problems: TriedEngine[] = [];
  const keep = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      problems.push({ candidate: settings(surroundings), error: error.data });
      return undefined;
    });
  const host = await keep(Promise.resolve().then(() => findDockerHost(surroundings)));
  const current = await keep(currentContextName(surroundings));
  const contexts = await readContexts(surroundings);
  if (current !== undefined && !contexts.some(({ name }) => name === current)) {
    const detail = `The docker context "${current.slice(0, 100)}" is not there.`;
    problems.push({ candidate: settings(surroundings), error: { code: 'engine-failed', detail } });
  }
  const engines = [
    ...(host === undefined ? [] : [host]),
    ...contexts.filter(({ name }) => name === current).map((context) => contextEngine(context, true)),
    ...(await onlyExisting(await listUsualSockets(surroundings))),
    ...contexts.filter(({ name }) => name !== current).map((context) => contextEngine(context, false))
  ];
  return { engines: await withoutTwins(engines), problems };
}

/** Stands for docker's own settings where they, and no engine, are at fault. */
function settings(surroundings: Surroundings): EngineCandidate {
  return { id: 'docker-settings', name: 'Docker settings', source: 'context', address: dockerConfigDir(surroundings) };
}

function contextEngine({ name, target }: DockerContext, current: boolean): FoundEngine {
  return foundEngine('context', name, target, current || target.kind === 'socket');
}

async function onlyExisting(engines: FoundEngine[]): Promise<FoundEngine[]> {
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

async function withoutTwins(engines: FoundEngine[]): Promise<FoundEngine[]> {
  const places = await Promise.all(engines.map(({ candidate, target }) => placeOf(candidate.address, target)));
  return engines.filter((_engine, index) => places.indexOf(places[index] ?? '') === index);
}

async function placeOf(address: string, target: EngineTarget): Promise<string> {
  if (target.kind !== 'socket') return address;
  return realpath(target.socketPath).catch(() => target.socketPath);
}
