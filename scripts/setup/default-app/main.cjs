// Lets `electron [-r module] <folder> [arguments]` run an app: the part of Electron's default app that we need.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const modules = [];
let folder;
for (let args = process.argv.slice(1); args.length > 0 && folder === undefined;) {
  const arg = args.shift();
  if (arg === '-r' || arg === '--require') modules.push(args.shift());
  else if (!arg.startsWith('-')) folder = path.resolve(arg);
}
if (folder === undefined) {
  console.error('usage: electron [-r module] <folder> [arguments]');
  process.exit(1);
}
if (modules.length > 0) Module._preloadModules(modules);
process.defaultApp = true;
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setVersion(manifest.version);
app.setName(manifest.productName ?? manifest.name);
if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
app.setAppPath(folder);
Module._load(folder, null, true);
