import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { dockerfileWithProbe } from './generate-dockerfile.ts';
import { build } from './run-test-build.ts';

const runs = 60;
const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' '
  )
);

// Its BuildKit is new enough to read every form of heredoc.
describe.skipIf(newerEngine('sid') === null)('BuildKit 0.25 and our parser', () => {
  let engine: RealEngine;
  let client: EngineClient;

  beforeAll(async () => {
    engine = await startEngine({ release: 'sid' });
    client = await connectTo(engine);
  });
  afterAll(() => engine.stop());

  /** What the builder reports of a Dockerfile: the first word that it takes for an unknown instruction, and its line. */
  async function findUnknown(text: string): Promise<string | null> {
    const { error } = await build(client, text);
    if (error === null || error === 'cancelled' || error.code !== 'dockerfile-syntax') return null;
    const said = typeof error.detail === 'string' ? error.detail : '';
    const word = /unknown instruction: (.*?)(?: \(did you mean .*\))?$/.exec(said)?.[1];
    return word === undefined ? null : `${error.line} ${word.toUpperCase()}`;
  }

  it('agree where instructions begin', async () => {
    let compared = 0;
    const property = fc.asyncProperty(dockerfileWithProbe, async (text) => {
      const found = await findUnknown(text);
      // What is wrong in an instruction itself, as an ENV without a value, ends the builder's reading before.
      if (found === null) return;
      const own = parseDockerfile(text).instructions.find(({ keyword }) => !keywords.has(keyword));
      expect(own && `${own.line} ${own.keyword}`).toBe(found);
      compared += 1;
    });
    await fc.assert(property, {
      numRuns: runs,
      seed: 20261201,
      endOnFailure: true
    });
    expect(compared).toBeGreaterThan(runs / 2);
  });
});
