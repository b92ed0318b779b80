import type { StarterFacts } from './starter-facts.ts';

const base = 'node:22-slim';
const basisComment =
  '# A small Linux with Node.js. The tag is pinned, so that a build today and one next month start alike.';

/** A Dockerfile for a Node.js project; one that only builds pages (Vite without a start script) is served by nginx. */
export function nodeDockerfile(facts: StarterFacts): string {
  const { scripts } = facts.node;
  const builds = scripts['build'] !== undefined;
  if (builds && scripts['start'] === undefined && facts.stack.framework === 'Vite') return builtPages(facts);
  return builds ? builtServer(facts) : plainServer(facts);
}

interface Installer {
  /** The files that name the dependencies. */
  files: string;
  setUp: string[];
  all: string;
  /** Without what only development needs. */
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
    '# The list of dependencies alone comes first: while it stays the same, this layer is taken from the cache.',
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
    '# The application runs as the user "node" that comes with the base image, not as root.',
    'USER node',
    '',
    '# The port that the application listens on; change it to yours.',
    'EXPOSE 3000',
    '',
    '# What the container runs when it starts.',
    `CMD [${command.map((word) => JSON.stringify(word)).join(', ')}]`,
    ''
  ];
}

function plainServer(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    basisComment,
    `FROM ${base}`,
    '',
    '# Libraries leave out what only development needs.',
    'ENV NODE_ENV=production',
    '',
    '# Everything below happens in this folder of the image.',
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.production),
    '',
    '# Now the application itself.',
    'COPY . .',
    '',
    ...endLines(facts, installer)
  ].join('\n');
}

function builtServer(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    basisComment,
    `FROM ${base}`,
    '',
    '# Everything below happens in this folder of the image.',
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.all),
    '',
    '# Now the application itself, and its build.',
    'COPY . .',
    `RUN ${installer.run} run build`,
    '',
    '# From here on libraries behave as in production.',
    'ENV NODE_ENV=production',
    '',
    ...endLines(facts, installer)
  ].join('\n');
}

function builtPages(facts: StarterFacts): string {
  const installer = installerOf(facts);
  return [
    '# First stage: build the pages. Nothing of it is in the final image but what the second stage copies.',
    `FROM ${base} AS build`,
    'WORKDIR /app',
    '',
    ...installLines(installer, installer.all),
    '',
    'COPY . .',
    `RUN ${installer.run} run build`,
    '',
    '# Second stage: a small web server that runs as an ordinary user, with the pages.',
    'FROM nginxinc/nginx-unprivileged:1.29-alpine',
    'COPY --from=build /app/dist /usr/share/nginx/html',
    '',
    '# The port that this web server listens on.',
    'EXPOSE 8080',
    ''
  ].join('\n');
}
