import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { projectShapes } from '../unit/dockerfile/project-shapes.ts';
import { build } from './run-test-build.ts';

let engine: RealEngine;
let client: EngineClient;

beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
  const bases = new Set(projectShapes.flatMap(({ pulled }) => pulled.map((use) => use.replace(/^\d+ /, ''))));
  for (const base of bases) if (base !== 'busybox') await engine.docker('tag', 'busybox:latest', base);
  client = await connectTo(engine);
});
afterAll(() => engine.stop());

// The steps of a hundred layers are those of another test.
const quick = projectShapes.filter(({ stepLines }) => stepLines.length < 50);
it.each(quick)('the steps of $name are on their lines', async ({ dockerfile, files, stepLines }) => {
  const { snapshot, error } = await build(client, dockerfile, { files });
  expect(error).toBeNull();
  const steps = snapshot.steps.filter(({ instruction }) => instruction);
  const found = steps.map(({ line }) => line).sort((a, b) => (a ?? 0) - (b ?? 0));
  expect(found).toEqual(stepLines);
  expect(steps.filter(({ status }) => status !== 'done' && status !== 'cached')).toEqual([]);
});
