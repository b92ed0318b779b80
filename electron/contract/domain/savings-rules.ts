/**
 * What a build leaves in an image although nothing uses it at runtime, by rule. A path without a leading slash matches in
 * every directory; "*" stands for any part of one name. Everything below a matched directory matches too, and where
 * several rules match, the one of the outermost directory counts.
 */
export const savingsRules = {
  'apt-lists': ['/var/lib/apt/lists'],
  'apt-cache': ['/var/cache/apt'],
  'apk-cache': ['/var/cache/apk', '/etc/apk/cache'],
  'dnf-cache': ['/var/cache/dnf', '/var/cache/yum', '/var/cache/libdnf5'],
  'zypper-cache': ['/var/cache/zypp'],
  'pacman-cache': ['/var/cache/pacman', '/var/lib/pacman/sync'],
  'installed-packages': ['/*.deb', '/*.rpm', '/root/*.deb', '/root/*.rpm', '/home/*/*.deb', '/home/*/*.rpm'],
  'pip-cache': ['.cache/pip', '.cache/uv', '.cache/pipenv', '.cache/pypoetry'],
  'conda-cache': ['conda/pkgs', 'miniconda3/pkgs', 'anaconda3/pkgs', 'mambaforge/pkgs', 'miniforge3/pkgs'],
  'npm-cache': ['.npm/_cacache', '.npm/_logs', '.npm/_npx', '.cache/node-gyp'],
  'yarn-cache': ['.cache/yarn', '.yarn/berry/cache', '.yarn-cache'],
  'pnpm-cache': ['.local/share/pnpm/store', '.cache/pnpm', '.pnpm-store'],
  'go-cache': ['go/pkg/mod', '.cache/go-build'],
  'cargo-cache': ['.cargo/registry', '.cargo/git', '/usr/local/cargo/registry', '/usr/local/cargo/git'],
  'maven-cache': ['.m2/repository'],
  'gradle-cache': ['.gradle/caches'],
  'composer-cache': ['.composer/cache', '.cache/composer'],
  'gem-cache': ['gems/*/cache', '/usr/local/bundle/cache', '.bundle/cache', '.gem/specs', '.cache/gem'],
  'nuget-cache': ['.nuget/packages', '.local/share/NuGet/*-cache'],
  'temporary-files': ['/tmp', '/var/tmp'],
  logs: ['/var/log'],
  'version-control': ['.git', '.hg', '.svn'],
  'editor-files': ['.idea', '.vscode', '.DS_Store', 'Thumbs.db', '*.swp', '*~']
} as const satisfies Record<string, readonly string[]>;

export type SavingsRuleId = keyof typeof savingsRules;

export const savingsRuleIds = Object.keys(savingsRules) as [SavingsRuleId, ...SavingsRuleId[]];
