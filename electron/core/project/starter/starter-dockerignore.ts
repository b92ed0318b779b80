import type { Stack } from '#contract/schema/project.ts';

const byLanguage: Record<Stack['language'], string[]> = {
  python: [
    '# What Python and its tools make by themselves.',
    '**/__pycache__',
    '**/*.pyc',
    '.venv',
    'venv',
    '.pytest_cache',
    '.mypy_cache',
    '.ruff_cache',
    '*.egg-info'
  ],
  node: [
    '# Dependencies are installed inside the image; built files are built there.',
    'node_modules',
    'dist',
    'coverage',
    '.next',
    '.nuxt',
    '.svelte-kit',
    'npm-debug.log*'
  ],
  static: ['node_modules'],
  unknown: ['node_modules', '.venv', '**/__pycache__']
};

/** What a build of such a project needs not and should not see. */
export function starterDockerignore({ language }: Stack, committed: ReadonlySet<string>): string {
  return [
    '# What stands here is not sent to the engine: builds start sooner, and nothing private gets into an image.',
    '.git',
    '.gitignore',
    '.dockerignore',
    'Dockerfile*',
    '.DS_Store',
    '.idea',
    '.vscode',
    '',
    '# Secrets of this machine.',
    '.env',
    '.env.*',
    '*.pem',
    '',
    ...byLanguage[language].filter((pattern) => !committed.has(pattern)),
    ''
  ].join('\n');
}
