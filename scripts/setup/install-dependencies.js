import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { hasProgram } from './dependencies.js';
import { runQuietly } from './run.js';
import { printStatus, SetupError } from './print-status.js';

/** @typedef {import('./dependencies.js').Dependency} Dependency */

/**
 * Installs missing dependencies with apt. On a system without apt it lists what to install, and stops.
 * @param {Dependency[]} dependencies
 */
export async function installDependencies(dependencies) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(dependencies);
  if (missing.length === 0) return;
  const list = missing.map(({ why, packages, program }) => `  ${program ?? packages[0]} (${why})`).join('\n');
  if (!hasProgram('apt-get')) {
    throw new SetupError(`This system has no apt. Please install with your system's package manager:\n${list}`);
  }
  printStatus(`installing Debian packages:\n${list}`);
  await withoutStartingServices(async () => {
    await apt(
      ['update', '-qq'],
      missing.map(({ packages }) => packages[0])
    );
    const names = [...new Set(await Promise.all(missing.map(({ packages }) => pickName(packages))))];
    await apt(['install', '-y', '-qq', '--no-install-recommends', ...names], names);
  });
}

/** @param {Dependency[]} dependencies @returns {Promise<Dependency[]>} */
async function findMissing(dependencies) {
  const byName = dependencies.filter(({ program, file }) => program === undefined && file === undefined);
  const installed = hasProgram('dpkg-query')
    ? await installedOf(byName.flatMap(({ packages }) => packages))
    : new Set();
  return dependencies.filter(({ packages, program, file }) => {
    if (program !== undefined) return !hasProgram(program);
    if (file !== undefined) return !existsSync(file);
    return !packages.some((name) => installed.has(name));
  });
}

/** @param {string[]} names @returns {Promise<Set<string>>} */
async function installedOf(names) {
  const { output } = await runQuietly('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names]);
  return new Set([...output.matchAll(/^(\S+) installed$/gm)].map(([, name]) => name));
}

/** The first of the names that apt can install: names differ between releases. @param {string[]} packages */
async function pickName(packages) {
  for (const name of packages) {
    const { output } = await runQuietly('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return packages[0];
}

/** @param {string[]} args @param {string[]} packages to install manually instead */
async function apt(args, packages) {
  const asRoot = process.getuid?.() === 0;
  const program = asRoot ? 'apt-get' : 'sudo';
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  const command = [...(asRoot ? [] : ['apt-get']), ...options, ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, output } = await runQuietly(program, command, { env });
  if (status === 0) return;
  console.error(output);
  const advice = asRoot ? '' : ` Only root can install packages: run apt-get install ${packages.join(' ')} as root.`;
  throw new SetupError(`apt-get ${args[0]} failed; its output is above.${advice}`);
}

/** The packages are for tests: their services must not start with them. @param {() => Promise<void>} work */
async function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = process.getuid?.() === 0 && !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(policy);
  }
}
