import { access, constants } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/**
 * The credential helper that docker uses while config.json names no login and no helper: the platform's, if it is
 * installed. See the docker CLI's config/credentials/default_store.go.
 */
export async function findDefaultHelper(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string | null> {
  const helper = await nameDefaultHelper(env, platform);
  return (await isInstalled(`docker-credential-${helper}`, env, platform)) ? helper : null;
}

async function nameDefaultHelper(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string> {
  if (platform === 'win32') return 'wincred';
  if (platform === 'darwin') return 'osxkeychain';
  return (await isInstalled('pass', env, platform)) ? 'pass' : 'secretservice';
}

async function isInstalled(program: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  const paths = platform === 'win32' ? win32 : posix;
  const file = platform === 'win32' ? `${program}.exe` : program;
  for (const folder of (env['PATH'] ?? '').split(paths.delimiter)) {
    if (folder === '') continue;
    const isExecutable = await access(paths.join(folder, file), constants.X_OK).then(
      () => true,
      () => false
    );
    if (isExecutable) return true;
  }
  return false;
}
