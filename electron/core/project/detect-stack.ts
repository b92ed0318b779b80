import { join } from 'node:path';
import { z } from 'zod';
import type { Stack } from '#contract/schema/project.ts';
import { readSmallText } from '../util/read-bounded-file.ts';

const pythonFiles = ['requirements.txt', 'pyproject.toml', 'setup.py', 'Pipfile'];

/** The first one that a project depends on is its framework. */
const pythonFrameworks = [
  ['django', 'Django'],
  ['flask', 'Flask'],
  ['fastapi', 'FastAPI'],
  ['streamlit', 'Streamlit']
] as const;
const nodeFrameworks = [
  ['next', 'Next.js'],
  ['nuxt', 'Nuxt'],
  ['@nestjs/core', 'NestJS'],
  ['express', 'Express'],
  ['fastify', 'Fastify'],
  ['koa', 'Koa'],
  ['hono', 'Hono'],
  ['@sveltejs/kit', 'SvelteKit'],
  ['vite', 'Vite']
] as const;

const textMap = z.record(z.string(), z.string()).catch({});
const packageSchema = z.object({
  main: z.string().optional().catch(undefined),
  scripts: textMap.default({}),
  dependencies: textMap.default({}),
  devDependencies: textMap.default({})
});
export type NodePackage = z.infer<typeof packageSchema>;

/** Detects a project's language and framework by its own files. Unreadable or invalid files are ignored. */
export async function detectStack(root: string, names: ReadonlySet<string>): Promise<Stack> {
  if (names.has('package.json')) {
    const framework = frameworkOfNode(await readNodePackage(root));
    return framework === undefined ? { language: 'node' } : { language: 'node', framework };
  }
  const present = pythonFiles.filter((name) => names.has(name));
  if (present.length > 0 || names.has('manage.py')) {
    const texts = await Promise.all(present.map((name) => readSmallText(join(root, name))));
    const framework = names.has('manage.py') ? 'Django' : frameworkOfPython(texts.join('\n'));
    return framework === undefined ? { language: 'python' } : { language: 'python', framework };
  }
  return { language: names.has('index.html') ? 'static' : 'unknown' };
}

/** package.json; empty if it cannot be parsed. */
export async function readNodePackage(root: string): Promise<NodePackage> {
  const text = await readSmallText(join(root, 'package.json'));
  let json: unknown = {};
  try {
    json = JSON.parse((text ?? '{}').replace(/^\uFEFF/, ''));
  } catch {
    // Incomplete: the file name alone is enough to detect Node.
  }
  const parsed = packageSchema.safeParse(json);
  return parsed.success ? parsed.data : packageSchema.parse({});
}

function frameworkOfNode({ dependencies, devDependencies }: NodePackage): string | undefined {
  const has = (name: string): boolean => Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name);
  return nodeFrameworks.find(([name]) => has(name))?.[1];
}

/** A requirement is at the start of a line or in quotes, before a version, an extra, a marker or the end. */
function frameworkOfPython(text: string): string | undefined {
  const names = (name: string): boolean =>
    new RegExp(`(^|["'])\\s*${name}\\s*(\\[[^\\]\\n]*\\])?\\s*([=<>!~;,"'@#]|$)`, 'im').test(text);
  return pythonFrameworks.find(([name]) => names(name))?.[1];
}
