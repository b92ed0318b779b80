import type { StarterFacts } from './starter-facts.ts';

const base = 'node:22-slim';
const baseComment = '# Base image: Node.js on a small Debian. The tag is pinned to keep builds reproducible.';

/** A Dockerfile for a Node.js project; a pages-only project (Vite without a start script) is served by nginx. */
export function nodeDockerfile(facts: StarterFacts): string {
  const { scripts } = facts.node;
  const builds = scripts['build'] !== undefined;
  if (builds && scripts['start'] === undefined && facts.stack.framework === 'Vite') return builtPages(facts);
  return builds ? builtServer(facts) : plainServer(facts);
}

interface Installer {
  /** The files that list the dependencies. */
  files: string;
  setUp: string[];
  all: string;
  /** Without development dependencies. */
  production: string;
  run: string;
}

function installerOf({ names }: StarterFacts): Installer {
  if (names.has('pnpm-lock.yaml')) {
    return {
      files: 'package.json pnpm-lock.yaml',
      setUp: ['RUN npm install --global pnpm@10'],
      all: 'pnpm install --frozen-lockfile',
      production: 'pnpm install --frozen-lockfile --prod',
      run: 'pnpm'
    };
  }
  if (names.has('yarn.lock')) {
    const all = 'yarn install --frozen-lockfile';
    return { files: 'package.json yarn.lock', setUp: [], all, production: `${all} --production`, run: 'yarn' };
  }
  const locked = names.has('package-lock.json');
  const all = locked ? 'npm ci' : 'npm install';
  const files = locked ? 'package.json package-lock.json' : 'package.json';
  return { files, setUp: [], all, production: `${all} --omit=dev`, run: 'npm' };
}

function installLines(installer: Installer, command: string): string[] {
  return [
    '# Copy the manifest first so dependencies stay cached.',
    ...installer.setUp,
    `COPY ${installer.files} ./`,
    `RUN ${command}`
  ];
}

function endLines(facts: StarterFacts, installer: Installer): string[] {
  const { main, scripts } = facts.node;
  const entry = main ?? ['server.js', 'index.js', 'app.js'].find((name) => facts.names.has(name)) ?? 'index.js';
  const command = scripts['start'] === undefined ? ['node', entry] : [installer.run, 'start'];
  return [
    '# Run as the non-root user "node" of the base image.',
    'USER node',
    '',
    '# Port the application listens on. Change it if yours is different.',
    'EXPOSE 3000',
    '',
    '# Command to run at startup',
    `CMD [${command.map((word) => JSON.stringify(word)).join(', ')}]`,
    ''
  ];
}

function plainServer(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    baseComment,
    `FROM ${base}`,
    '',
    '# Run libraries in production mode.',
    'ENV NODE_ENV=production',
    '',
    '# Working directory',
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.production),
    '',
    '# Copy the application.',
    'COPY . .',
    '',
    ...endLines(facts, installer)
  ].join('\n');
}

function builtServer(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    baseComment,
    `FROM ${base}`,
    '',
    '# Working directory',
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.all),
    '',
    '# Copy and build the application.',
    'COPY . .',
    `RUN ${installer.run} run build`,
    '',
    '# Run libraries in production mode from here on.',
    'ENV NODE_ENV=production',
    '',
    ...endLines(facts, installer)
  ].join('\n');
}

function builtPages(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    '# First stage: build the pages. Only what the second stage copies ends up in the final image.',
    `FROM ${base} AS build`,
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.all),
    '',
    'COPY . .',
    `RUN ${installer.run} run build`,
    '',
    '# Second stage: serve the pages with nginx as a non-root user.',
    'FROM nginxinc/nginx-unprivileged:1.29-alpine',
    'COPY --from=build /app/dist /usr/share/nginx/html',
    '',
    '# Port nginx listens on',
    'EXPOSE 8080',
    ''
  ].join('\n');
}
