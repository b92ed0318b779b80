// npm run bench: every figure, each as a ratio to a peer or a limit measured in the same run.
import { buildIfChanged } from './setup/build-if-changed.js';
import { root } from './setup/root.js';
import { run } from './setup/run.js';
import { setUp } from './setup/set-up.js';
import { startVirtualDisplay } from './setup/start-virtual-display.js';

await setUp({ electron: true, forTests: true, virtualDisplay: true });
await buildIfChanged();
const { display, stop } = await startVirtualDisplay();
try {
  const names = [
    'start',
    'command',
    'context',
    'build-context',
    'build-and-push',
    'image',
    'treemap',
    'images',
    'compare'
  ];
  for (const name of names) {
    const args = ['--import', 'tsx', `scripts/bench/${name}.js`];
    const status = await run(process.execPath, args, { cwd: root, env: { ...process.env, DISPLAY: display } });
    if (status !== 0) process.exitCode = status;
  }
} finally {
  await stop();
}
