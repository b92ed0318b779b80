import type { SavingsRuleId } from '../../domain/savings-rules.ts';

/** What is removable, by rule: a title as in a list, and how to remove it. */
export const savings = {
  'apt-lists': {
    title: 'APT package lists',
    fix: 'Run apt-get update and install in one RUN, and remove /var/lib/apt/lists/* at its end.'
  },
  'apt-cache': {
    title: 'APT cache',
    fix: 'Run apt-get clean in the same RUN, or use a cache mount for /var/cache/apt.'
  },
  'apk-cache': { title: 'apk cache', fix: 'Use apk add --no-cache.' },
  'dnf-cache': { title: 'DNF and Yum cache', fix: 'Run dnf clean all in the same RUN.' },
  'zypper-cache': { title: 'Zypper cache', fix: 'Run zypper clean --all in the same RUN.' },
  'pacman-cache': { title: 'Pacman cache', fix: 'Run pacman -Scc --noconfirm in the same RUN.' },
  'installed-packages': {
    title: 'Package files left after installation',
    fix: 'Remove the downloaded package in the RUN that installs it.'
  },
  'pip-cache': { title: 'Python package cache', fix: 'Use pip install --no-cache-dir, or a cache mount.' },
  'conda-cache': { title: 'conda package cache', fix: 'Run conda clean --all --yes in the same RUN.' },
  'npm-cache': { title: 'npm cache', fix: 'Run npm cache clean --force in the same RUN, or use a cache mount.' },
  'yarn-cache': { title: 'Yarn cache', fix: 'Run yarn cache clean in the same RUN, or use a cache mount.' },
  'pnpm-cache': { title: 'pnpm store', fix: 'Run pnpm store prune in the same RUN, or use a cache mount.' },
  'go-cache': { title: 'Go module and build cache', fix: 'Build in an earlier stage, or use cache mounts.' },
  'cargo-cache': { title: 'Cargo registry cache', fix: 'Build in an earlier stage, or use cache mounts.' },
  'maven-cache': { title: 'Maven repository', fix: 'Build in an earlier stage, or use a cache mount.' },
  'gradle-cache': { title: 'Gradle cache', fix: 'Build in an earlier stage, or use a cache mount.' },
  'composer-cache': { title: 'Composer cache', fix: 'Run composer clear-cache in the same RUN, or use a cache mount.' },
  'gem-cache': {
    title: 'RubyGems cache',
    fix: 'Remove the cache directory of the gems in the RUN that installs them.'
  },
  'nuget-cache': { title: 'NuGet cache', fix: 'Build in an earlier stage, or use a cache mount.' },
  'temporary-files': { title: 'Temporary files', fix: 'Remove them in the RUN that creates them.' },
  logs: { title: 'Logs', fix: 'Remove them in the RUN that writes them.' },
  'version-control': { title: 'Version control data', fix: 'Add it to .dockerignore.' },
  'editor-files': { title: 'Editor and desktop files', fix: 'Add them to .dockerignore.' }
} satisfies Record<SavingsRuleId, { title: string; fix: string }>;
