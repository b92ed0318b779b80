import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installNeeds } from './debian.js';
import { say } from './say.js';

const program = 'chromium';

/** The Chromium that page tests run in: as new as the supported Electron's. Null where there is none. */
export function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}

/** Installs Debian's Chromium. Other systems have it as a snap or not at all: there the page tests are left out. */
export async function installChromium() {
  if (chromium()) return;
  if (!isDebian()) {
    say(`this system has no package of ${program}: the page tests are left out. Install it to run them.`);
    return;
  }
  await installNeeds([{ why: 'the page tests', packages: [program], program }]);
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
