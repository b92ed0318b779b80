// Walks through the sample project in the real app on a virtual display: `npm start` on a machine without a screen.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/root.js';
import { runQuietly } from './setup/run.js';
import { startVirtualDisplay } from './setup/start-virtual-display.js';

/** Resolves to the exit status; prints the result and where the screenshots are. @returns {Promise<number>} */
export async function walkThrough() {
  console.log('\nNo display was found, so this walks through the sample project on a virtual one:');
  console.log(
    'drop -> edit -> build -> see -> sign in -> push, with a real engine and a real registry. This takes a minute or two.\n'
  );
  const screenshots = join(root, 'screenshots');
  rmSync(join(screenshots, 'walk'), { recursive: true, force: true });
  const { display, stop } = await startVirtualDisplay();
  try {
    const args = ['playwright', 'test', '--config', 'test/playwright.config.ts', '--project', 'app', 'walk-through'];
    const env = { ...process.env, DISPLAY: display, FORCE_COLOR: '0' };
    const { status, output } = await runQuietly('npx', args, { cwd: root, env });
    console.log(output.trim());
    console.log(status === 0 ? '\nThe walk-through passed.' : '\nThe walk-through failed.');
    console.log(`Screenshots: ${join(screenshots, 'walk')}`);
    return status;
  } finally {
    await stop();
  }
}
