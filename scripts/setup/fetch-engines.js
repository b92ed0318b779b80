import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from './dependencies.js';
import { root } from './root.js';
import { runQuietly } from './run.js';
import { printStatus } from './print-status.js';

/** The Debian releases whose engines the tests run in addition to this system's: 26 with overlay2, and 28. */
const releases = [
  { release: 'trixie', packages: ['docker.io', 'containerd', 'tini'] },
  { release: 'sid', packages: ['docker.io', 'containerd', 'tini', 'docker-buildx'] }
];

const cache = join(root, '.cache/engines');

/**
 * Unpacks newer Docker Engines into .cache for tests, without changing the system. If it fails,
 * it reports why, and the tests that need them are skipped.
 */
export async function fetchEngines() {
  for (const { release, packages } of releases) {
    if (existsSync(join(cache, release, 'usr/sbin/dockerd'))) continue;
    const mirror = await mirrorOfDebian();
    if (!mirror) {
      printStatus(`no Debian mirror: the engine of Debian ${release} is skipped in the tests`);
      return;
    }
    printStatus(`fetching the Docker Engine of Debian ${release} into .cache`);
    await fetchEngine(release, packages, mirror);
  }
}

/** The mirror of this system's packages. @returns {Promise<string | null>} */
async function mirrorOfDebian() {
  if (process.platform !== 'linux' || !hasProgram('apt-get') || !hasProgram('dpkg-deb')) return null;
  const args = ['indextargets', '--format', '$(SITE) $(COMPONENT)', 'Created-By: Packages'];
  const { output } = await runQuietly('apt-get', args);
  const isDebian = /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  const [, url] = /^(\S+\/debian\/?) main$/m.exec(output) ?? [];
  return isDebian && url ? url : null;
}

/** @param {string} release @param {string[]} packages @param {string} mirror */
async function fetchEngine(release, packages, mirror) {
  const work = join(cache, `${release}.part`);
  rmSync(work, { recursive: true, force: true });
  const at = (name) => join(work, name);
  for (const folder of ['apt/lists/partial', 'apt/archives/partial', 'debs'])
    mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('apt/status'), '');
  writeFileSync(at('apt/sources.list'), `deb ${mirror} ${release} main\n`);
  const settings = {
    'Dir::State::Lists': at('apt/lists'),
    'Dir::Cache': at('apt'),
    'Dir::Cache::archives': at('apt/archives'),
    'Dir::Etc::sourcelist': at('apt/sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::status': at('apt/status'),
    'Acquire::Languages': 'none',
    'APT::Sandbox::User': 'root'
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
  writeFileSync(at('apt/apt.conf'), lines.join(''));
  const options = { cwd: at('debs'), env: { ...process.env, APT_CONFIG: at('apt/apt.conf') } };
  const runs = [
    ['apt-get', ['update', '-qq']],
    ['apt-get', ['download', '-qq', ...packages]]
  ];
  for (const [program, args] of runs) {
    const { status, output } = await runQuietly(program, args, options);
    if (status === 0) continue;
    console.error(output);
    printStatus(`failed: the engine of Debian ${release} is skipped in the tests`);
    return;
  }
  for (const deb of readdirSync(at('debs'))) await runQuietly('dpkg-deb', ['-x', join(at('debs'), deb), at('root')]);
  rmSync(join(cache, release), { recursive: true, force: true });
  renameSync(at('root'), join(cache, release));
  rmSync(work, { recursive: true });
}
