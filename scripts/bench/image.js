import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { openPathSession } from '#core/analysis/analysis-session.ts';
import { scanEngineImage } from '#core/analysis/scan-image.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { connectTo } from '../../test/real-parts/engine-client.ts';
import { startEngine } from '../../test/real-parts/start-engine.ts';
import { root } from '../setup/root.js';
import { buildCommand } from '../build.js';
import { createImageArchive } from './create-image-archive.js';
import { measurePair } from './measure-pair.js';

const ROUNDS = 5;
const { signal } = new AbortController();
const command = join(root, 'out/cli/cli.cjs');
const cacheFolder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const quiet = { stdio: ['ignore', 'ignore', 'ignore'] };

await buildCommand();
const few = await createImageArchive({ whiteouts: 14 });
const many = await createImageArchive({ whiteouts: 1001 });

const analyze = (file) => execFileSync(process.execPath, [command, 'analyze', file, '--json'], quiet);
const list = ({ file, layers }) => {
  const script = 'file=$1; shift; for layer; do tar xOf "$file" "$layer" | tar t; done';
  execFileSync('sh', ['-c', script, 'sh', file, ...layers], quiet);
};
/** Our additional work: verifying each layer's digest. */
const listAndCheck = ({ file, layers }) => {
  const script = 'file=$1; shift; for layer; do tar xOf "$file" "$layer" | tee >(sha256sum >&2) | tar t; done';
  execFileSync('bash', ['-c', script, 'bash', file, ...layers], quiet);
};
const hasDive = process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, 'dive')));

for (const [archive, whiteouts] of [
  [few, '14 whiteouts'],
  [many, '1,001 whiteouts']
]) {
  const ours = { name: `analyze 1.3 GB, 124,000 entries, ${whiteouts}`, run: async () => analyze(archive.file) };
  await measurePair(ours, { name: 'GNU tar lists each layer', run: async () => list(archive) }, ROUNDS);
  const checked = { name: 'GNU tar lists each layer, and sha256sum checks it', run: async () => listAndCheck(archive) };
  await measurePair(ours, checked, ROUNDS);
  if (!hasDive) continue;
  // dive's exit status reports its rules, which do not matter here.
  const dive = () => once(spawn('dive', ['--ci', `docker-archive://${archive.file}`], quiet), 'exit');
  await measurePair(ours, { name: 'dive --ci', run: dive }, 1);
}
if (!hasDive) console.log('dive is not in PATH: not compared.');

try {
  const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null };
  const workerFile = join(root, 'out/worker/worker.cjs');
  const openOverview = async (folder) => {
    const session = await openPathSession(many.file, { workerFile, cacheFolder: folder, context, signal });
    await session.query('overview', {});
    session.close();
  };
  await measurePair(
    { name: 'a second analysis, with its layers cached', run: () => openOverview(cacheFolder) },
    { name: 'the first analysis, in the app', run: () => openOverview(null) },
    ROUNDS
  );
} finally {
  rmSync(cacheFolder, { recursive: true });
}

const engine = await startEngine();
try {
  const client = await connectTo(engine);
  const body = createReadStream(few.file);
  const headers = { 'Content-Type': 'application/x-tar' };
  await drop(await client.stream({ method: 'POST', path: '/images/load', headers, body }));
  await measurePair(
    { name: "analyze the engine's export of it", run: () => scanEngineImage(client, 'bench:1', { signal }) },
    { name: 'read the export and drop it', run: async () => drop(await openExport(client)) },
    3
  );
} finally {
  await engine.stop();
}

const small = await createImageArchive({ whiteouts: 14, layerCount: 2 });
const [smallPeak, peak] = [peakMemory(small.file), peakMemory(few.file)];
const growth = Math.round(((peak - smallPeak) * 1024 ** 2) / 93_000);
console.log(`peak memory: ${peak} MiB at 124,000 entries, ${smallPeak} MiB at 31,000: ${growth} bytes per entry`);

function openExport(client) {
  return client.stream({ method: 'GET', path: '/images/bench:1/get', signal });
}

async function drop(stream) {
  for await (const chunk of stream) if (chunk.length === 0) break;
}

/** The shell command's largest resident size, in MiB. @param {string} file */
function peakMemory(file) {
  const printPeak = "process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));";
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(printPeak)}`,
    command,
    'analyze',
    file,
    '--json'
  ];
  const output = execFileSync('sh', ['-c', '"$@" 2>&1 >/dev/null', 'sh', process.execPath, ...args], {
    encoding: 'utf8'
  });
  return Math.round(Number(/^peak (\d+)$/m.exec(output)?.[1]) / 1024);
}
