import { installChromium } from './chromium.js';
import { installNeeds } from './debian.js';
import { installElectron } from './electron.js';
import { fetchEngines } from './engines.js';
import { appNeeds, displayNeeds, realPartNeeds, unitNeeds } from './needs.js';
import { installNode24 } from './node24.js';
import { checkNode, installNodeModules } from './node-modules.js';
import { SetUpStopped } from './say.js';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Everything a command needs before it can do its work; quick when there is nothing to do.
 * @typedef {{
 *   electron?: boolean,
 *   realParts?: boolean,
 *   virtualDisplay?: boolean,
 *   unitTests?: boolean,
 *   node24?: boolean,
 *   chromium?: boolean
 * }} Wanted
 * @param {Wanted} wanted
 */
export async function setUp(wanted) {
  try {
    checkNode();
    await installNodeModules();
    await installNeeds([
      ...(wanted.electron ? appNeeds : []),
      ...(wanted.virtualDisplay ? displayNeeds : []),
      ...(wanted.realParts ? realPartNeeds : []),
      ...(wanted.unitTests ? unitNeeds : [])
    ]);
    if (wanted.chromium) await installChromium();
    if (wanted.realParts) await fetchEngines();
    if (wanted.electron) await installElectron();
    if (wanted.node24) await installNode24();
  } catch (error) {
    if (!(error instanceof SetUpStopped)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exit(1);
  }
}
