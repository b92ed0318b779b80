import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Starter } from '#contract/schema/project.ts';
import { detectStack, readNodePackage } from '../detect-stack.ts';
import { folderName } from '../../util/folder-name.ts';
import { toProjectError } from '../../context/project-error.ts';
import { readSmallText } from '../../util/read-bounded-file.ts';
import { nodeDockerfile } from './node-dockerfile.ts';
import { plainDockerfile, staticDockerfile } from './other-dockerfiles.ts';
import { pythonDockerfile } from './python-dockerfile.ts';
import { starterDockerignore } from './starter-dockerignore.ts';
import type { StarterFacts } from './starter-facts.ts';

/**
 * Proposes a Dockerfile for the project, and a .dockerignore if it has none; nothing is written.
 * Throws project-vanished, project-unreadable.
 */
export async function suggestStarter(root: string): Promise<Starter> {
  const facts = await gatherFacts(root).catch((error: unknown) => {
    throw toProjectError(error, folderName(root), root);
  });
  const files = [{ file: 'Dockerfile', text: dockerfileFor(facts) }];
  if (!facts.names.has('.dockerignore')) {
    // A project without a build script ships its dist folder unchanged.
    const committed = new Set(facts.node.scripts['build'] === undefined ? ['dist'] : []);
    files.push({ file: '.dockerignore', text: starterDockerignore(facts.stack, committed) });
  }
  return { stack: facts.stack, files: files.filter(({ file }) => !facts.names.has(file)) };
}

function dockerfileFor(facts: StarterFacts): string {
  switch (facts.stack.language) {
    case 'python':
      return pythonDockerfile(facts);
    case 'node':
      return nodeDockerfile(facts);
    case 'static':
      return staticDockerfile();
    case 'unknown':
      return plainDockerfile();
  }
}

async function gatherFacts(root: string): Promise<StarterFacts> {
  const entries = await readdir(root, { withFileTypes: true });
  const names = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  const requirements = await readSmallText(join(root, 'requirements.txt'));
  return {
    stack: await detectStack(root, names),
    names,
    node: await readNodePackage(root),
    djangoPackage: await findDjangoPackage(root, folders),
    pythonServer: (['gunicorn', 'uvicorn'] as const).find((name) => requirements?.toLowerCase().includes(name))
  };
}

async function findDjangoPackage(root: string, folders: ReadonlySet<string>): Promise<string | undefined> {
  for (const folder of [...folders].sort()) {
    const found = await stat(join(root, folder, 'wsgi.py')).catch(() => undefined);
    if (found?.isFile() === true && /^[A-Za-z_]\w*$/.test(folder)) return folder;
  }
  return undefined;
}
