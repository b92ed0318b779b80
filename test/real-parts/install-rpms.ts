import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface RpmPackage {
  readonly name: string;
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  /** Sizes in bytes, by paths with their leading "/". */
  readonly files?: Readonly<Record<string, number>>;
  /** Kills the rpm process that installs it, once it is in the database. */
  readonly killsRpm?: boolean;
}

/** rpm's data of a package: its version as "[EPOCH:]VERSION-RELEASE". */
export interface InstalledRpm {
  readonly name: string;
  readonly version: string;
  readonly sizeBytes: number;
}

export const rpmFolder = 'usr/lib/sysimage/rpm';

/** Builds the packages with rpmbuild, and installs them with rpm into a separate folder with its own database. */
export function installRpms(root: string, packages: readonly RpmPackage[]): void {
  const work = mkdtempSync(join(tmpdir(), 'slipway-rpm-'));
  try {
    for (const each of packages) buildRpm(work, each);
    const built = readdirSync(join(work, 'RPMS/noarch')).map((name) => join(work, 'RPMS/noarch', name));
    // Debian's rpm warns that it is not meant to install packages.
    run('rpm', [...into(root), '--install', '--nodeps', ...built]);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** `rpm -qa` of such a folder, sorted by name. */
export function queryRpms(root: string): InstalledRpm[] {
  const format = '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} %{LONGSIZE}\\n';
  const lines = run('rpm', [...into(root), '-qa', '--qf', format])
    .trim()
    .split('\n')
    .sort();
  return lines.map((line) => {
    const [name = '', version = '', size] = line.split(' ');
    return { name, version, sizeBytes: Number(size) };
  });
}

/** A folder's content as a tar file, as an engine imports it. */
export function packRoot(root: string, file: string): void {
  run('tar', ['-C', root, '--owner=0', '--group=0', '-cf', file, '.']);
}

const into = (root: string): string[] => [
  '--root',
  root,
  '--dbpath',
  `/${rpmFolder}`,
  '--define',
  '_db_backend sqlite'
];

function buildRpm(work: string, { name, epoch, version, release, files = {}, killsRpm = false }: RpmPackage): void {
  const tree = join(work, 'tree', name);
  mkdirSync(tree, { recursive: true });
  for (const [path, sizeBytes] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), Buffer.alloc(sizeBytes, name));
  }
  const spec = join(work, `${name}.spec`);
  const lines = [
    `Name: ${name}`,
    ...(epoch === undefined ? [] : [`Epoch: ${epoch}`]),
    `Version: ${version}`,
    `Release: ${release}`,
    'Summary: A package for tests',
    'License: Apache-2.0',
    'BuildArch: noarch',
    '%description\nA package for tests.',
    '%install',
    `cp -a ${tree}/. %{buildroot}`,
    '%files',
    ...Object.keys(files),
    ...(killsRpm ? ['%post -p <lua>\nposix.kill(posix.getprocessid("pid"), 9)'] : [])
  ];
  writeFileSync(spec, lines.join('\n'));
  run('rpmbuild', ['-bb', '--quiet', '--define', `_topdir ${work}`, '--define', '__os_install_post %{nil}', spec]);
}

/** Fails with the program's own output. */
function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
