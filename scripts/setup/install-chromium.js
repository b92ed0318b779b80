import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDependencies } from './install-dependencies.js';
import { printStatus } from './print-status.js';

const program = 'chromium';

/** The Chromium for page tests: as new as the supported Electron's. Null if there is none. */
export function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}

/** Installs Debian's Chromium. Other systems have it as a snap or not at all: there the page tests are skipped. */
export async function installChromium() {
  if (chromium()) return;
  if (!isDebian()) {
    printStatus(`this system has no package of ${program}: the page tests are skipped. Install it to run them.`);
    return;
  }
  await installDependencies([{ why: 'the page tests', packages: [program], program }]);
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
