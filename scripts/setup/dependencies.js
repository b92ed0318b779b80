import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What a machine needs in addition to Node, with the Debian package that provides it. `program` is searched in PATH and
 * the
 * system's folders; `library` is checked with dpkg, by any of its names in Debian and Ubuntu.
 * @typedef {{ why: string, packages: string[], program?: string, file?: string }} Dependency
 */

/** Electron's own libraries, and libsecret for the credential store. @type {Dependency[]} */
export const appDependencies = [
  { why: 'the window', packages: ['libgtk-3-0', 'libgtk-3-0t64'] },
  { why: 'the window', packages: ['libnss3'] },
  { why: 'the window', packages: ['libasound2', 'libasound2t64'] },
  { why: 'the window', packages: ['libgbm1'] },
  { why: 'the credential store', packages: ['libsecret-1-0'] }
];

/** Tools that unit tests compare with, or create their input with. @type {Dependency[]} */
export const unitTestDependencies = [
  { why: 'certificates for tests', packages: ['openssl'], program: 'openssl' },
  { why: 'an independent reader of tar files', packages: ['python3'], program: 'python3' }
];

/** For a machine without a display. @type {Dependency[]} */
export const displayDependencies = [{ why: 'a virtual display', packages: ['xvfb'], program: 'Xvfb' }];

/** Services for the tests and the walk-through. @type {Dependency[]} */
export const testDependencies = [
  { why: 'a Docker Engine for tests', packages: ['docker.io'], program: 'dockerd' },
  { why: 'a registry for tests', packages: ['docker-registry'], program: 'docker-registry' },
  { why: "the registry's certificates", packages: ['openssl'], program: 'openssl' },
  { why: 'a credential store for tests', packages: ['gnome-keyring'], program: 'gnome-keyring-daemon' },
  { why: 'a session bus for tests', packages: ['dbus'], program: 'dbus-run-session' },
  {
    why: "docker's own credential helper",
    packages: ['golang-docker-credential-helpers'],
    program: 'docker-credential-secretservice'
  },
  { why: 'small base images', packages: ['busybox-static'], file: '/bin/busybox' },
  { why: 'the base image of the sample', packages: ['mmdebstrap'], program: 'mmdebstrap' },
  { why: 'Podman for tests', packages: ['podman'], program: 'podman' },
  { why: 'image archives of other tools', packages: ['skopeo'], program: 'skopeo' },
  { why: 'image archives of other tools', packages: ['umoci'], program: 'umoci' },
  { why: 'image archives of other tools', packages: ['buildah'], program: 'buildah' },
  { why: 'databases of rpm', packages: ['rpm'], program: 'rpmbuild' },
  { why: 'compressed archives', packages: ['zstd'], program: 'zstd' },
  { why: 'dragging with a real mouse', packages: ['xdotool'], program: 'xdotool' },
  { why: 'a window to drag from', packages: ['python3-gi'], file: '/usr/lib/python3/dist-packages/gi/__init__.py' },
  { why: 'a window to drag from', packages: ['gir1.2-gtk-3.0'] }
];

const systemFolders = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** Whether the program is in PATH or in the system's folders. @param {string} program */
export function hasProgram(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...systemFolders];
  return folders.some((folder) => existsSync(join(folder, program)));
}
