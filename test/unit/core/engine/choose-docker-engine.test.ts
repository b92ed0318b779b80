import { describe, expect, it } from 'vitest';
import type { EngineSource } from '#contract/schema/engine.ts';
import { chooseDockerEngine, findEngineNamed } from '#core/engine/choose-docker-engine.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from '#core/engine/discovered-engine.ts';
import type { AppErrorData } from '#contract/schema/error.ts';

const engineOf = (source: EngineSource, name: string, automatic = true): DiscoveredEngine =>
  toDiscoveredEngine(source, name, { kind: 'socket', socketPath: `/run/${name}.sock` }, automatic);
const host = engineOf('docker-host', 'DOCKER_HOST');
const context = engineOf('context', 'colima');
const system = engineOf('system', 'Docker');
const broken: AppErrorData = { code: 'engine-failed', detail: { reason: 'context-missing', context: 'gone' } };
const problems = [{ candidate: system.candidate, error: broken }];

describe('the engine that docker uses', () => {
  it.each([
    ['DOCKER_HOST', [host, context, system], []],
    ['DOCKER_HOST', [host, system], problems],
    ['colima', [context, system], []],
    ['Docker', [system, context], []]
  ])('is %s', (name, engines, found) => {
    expect(chooseDockerEngine({ engines, problems: found }).candidate.name).toBe(name);
  });

  it('is never another one because the settings are wrong', () => {
    expect(() => chooseDockerEngine({ engines: [system], problems })).toThrow(
      expect.objectContaining({ data: broken })
    );
  });

  it('is none without a socket, also if there is a context of another machine', () => {
    const none = expect.objectContaining({ data: { code: 'engine-none' } }) as Error;
    expect(() => chooseDockerEngine({ engines: [], problems: [] })).toThrow(none);
    expect(() => chooseDockerEngine({ engines: [engineOf('context', 'far', false)], problems: [] })).toThrow(none);
  });
});

describe('an engine by name', () => {
  it.each([
    ['colima', context.candidate.address],
    [system.candidate.address, system.candidate.address],
    ['unix:///tmp/other.sock', 'unix:///tmp/other.sock'],
    ['tcp://127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['ssh://ada@build', 'ssh://ada@build']
  ])('%s', (name, address) => {
    expect(findEngineNamed({ engines: [context, system] }, name)?.candidate.address).toBe(address);
  });

  it.each(['nosuch', 'a:1', 'gopher://x'])('%s is unknown', (name) => {
    expect(findEngineNamed({ engines: [context, system] }, name)).toBeUndefined();
  });
});
