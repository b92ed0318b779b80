// npm run dev: the page with made-up data, reloaded when its files change. The query selects a scene, see
// renderer/dev/scene.ts.
import { setUp } from './setup/set-up.js';
import { root } from './setup/root.js';
import { join } from 'node:path';

await setUp({});
const { createServer } = await import('vite');
const { sveltePlugin } = await import('./build.js');

/** Vite's dev server inserts styles as elements, which the page's policy forbids. */
const withoutPolicy = {
  name: 'without-content-security-policy',
  transformIndexHtml: (html) => html.replace(/<meta[^>]*Content-Security-Policy[^>]*>/, '')
};

const server = await createServer({
  root: join(root, 'renderer'),
  configFile: false,
  publicDir: false,
  plugins: [sveltePlugin(), withoutPolicy],
  // Only reachable from this machine.
  server: { host: '127.0.0.1', open: false },
  cacheDir: join(root, '.cache/vite')
});
await server.listen();
const [address = ''] = server.resolvedUrls?.local ?? [];
console.log(`\nThe page with made-up data: ${address}dev/`);
console.log(`Another scene:            ${address}dev/?project&failing&theme=light`);
