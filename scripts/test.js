// npm test [-- unit|real|app|page|quick [filter]]: setup, then the tests; ends with the line "N passed, N failed, N
// skipped".
import { rmSync } from 'node:fs';
import { setUp } from './setup/set-up.js';
import { kinds, quick } from './test/kinds.js';
import { results } from './test/results.js';

const [first = '', ...rest] = process.argv.slice(2);
const named = first === 'quick' ? quick : kinds[first];
const filter = named ? rest : process.argv.slice(2);
const isRoot = process.getuid?.() === 0;
const chosen = named ? [named] : Object.values(kinds);
const able = chosen.filter(({ needsRoot }) => isRoot || needsRoot === undefined);
const unable = chosen.filter((kind) => !able.includes(kind));

for (const { name, needsRoot } of unable) console.log(`The ${name} tests need root: ${needsRoot}.`);
if (able.length === 0) process.exit(1);

await setUp(Object.assign({}, ...able.map((kind) => kind.setUp)));
rmSync(results, { recursive: true, force: true });

const counts = unable.map(({ name }) => ({ passed: 0, failed: [], skipped: [`all ${name} tests, which need root`] }));
for (const kind of able) counts.push(...(await kind.run(filter)));

const passed = counts.map((each) => each.passed).reduce((a, b) => a + b, 0);
const failed = counts.flatMap((each) => each.failed);
const skipped = counts.flatMap((each) => each.skipped);
for (const name of skipped) console.log(`SKIPPED: ${name}`);
for (const name of failed) console.log(`FAILED: ${name}`);
if (failed.length > 0 || (process.env.CI && skipped.length > 0)) process.exitCode = 1;
console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
