// npm run package [-- --verify] [-- --release]: a Debian package in dist/. --verify installs it, starts it as a normal
// user, runs its commands, removes it. --release refuses a package that is for tests only. --unpacked only builds the
// folder of the package, if it is outdated, and prints it.
import { buildPackage, buildUnpackedIfChanged } from './package/build-package.js';
import { verifyDeb } from './package/verify-deb.js';
import { buildIfChanged } from './setup/build-if-changed.js';
import { setUp } from './setup/set-up.js';

const verify = process.argv.includes('--verify');
await setUp({ electron: true, virtualDisplay: verify });
await buildIfChanged();

if (process.argv.includes('--unpacked')) console.log(await buildUnpackedIfChanged());
else await buildDeb();

async function buildDeb() {
  const { file, electronVersion, testsOnly } = await buildPackage('deb');
  if (verify) await verifyDeb(file, 'slipway');
  console.log(`package: ${file}`);
  if (testsOnly) {
    console.log(`package: contains Electron ${electronVersion}: for testing only, not for users.`);
    if (process.argv.includes('--release')) {
      console.error('package: not a release: it needs the Electron of package.json.');
      process.exitCode = 1;
    }
  }
}
