import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The forbidden imports of a layer, with the reason for the message. */
const banned = (paths, patterns) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      paths: paths.map(([name, message]) => ({ name, message })),
      patterns: patterns.map(({ regex, message, allowTypeImports = false }) => ({ regex, message, allowTypeImports }))
    }
  ]
});

const electron = ['electron', 'Only electron/main may know Electron.'];
const dockerode = ['dockerode', 'Only electron/core/engine/dockerode-client.ts may import dockerode.'];
/** Imports of other layers: by their alias, or by a relative path into them. */
const layers = (names, message) => ({ regex: `^#(${names})/|/(electron/)?(${names})/`, message });
const node = { regex: '^node:', message: 'This layer does no I/O.' };

const rawIpc = {
  selector: 'ImportSpecifier[imported.name=/^(ipcMain|ipcRenderer)$/]',
  message: 'Raw IPC is allowed only in the router and the preload.'
};
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };

/** What Electron 25's Node 18.15 lacks, although the types have it. */
const newerThanElectron25 = [
  ['URL', 'canParse'],
  ['AbortSignal', 'any'],
  ['Promise', 'withResolvers'],
  ['Object', 'groupBy'],
  ['Array', 'fromAsync']
].map(([object, property]) => ({ object, property, message: 'Electron 25 does not have it.' }));

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'node_modules/', '.electron/', '.cache/', 'screenshots/', 'test-results/', 'resources/']
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-restricted-syntax': ['error', rawIpc, noDefaultExport],
      'no-restricted-properties': ['error', ...newerThanElectron25]
    }
  },
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'prefer-const': ['error', { destructuring: 'all' }] }
  },
  { files: ['renderer/**'], languageOptions: { globals: globals.browser } },
  { files: ['scripts/**', '*.js'], languageOptions: { globals: globals.node } },
  {
    files: ['electron/**', 'renderer/**', 'test/**', 'scripts/**'],
    rules: { 'max-lines': ['error', { max: 400 }] }
  },
  {
    files: ['electron/contract/**'],
    rules: banned(
      [electron, dockerode],
      [node, layers('dockerfile|core|main|cli|renderer', 'The contract imports no other layer.')]
    )
  },
  {
    files: ['electron/dockerfile/**'],
    rules: banned(
      [electron, dockerode],
      [node, layers('core|main|cli|renderer', 'The Dockerfile language may import only the contract.')]
    )
  },
  {
    files: ['electron/core/**'],
    ignores: ['electron/core/engine/dockerode-client.ts'],
    rules: banned(
      [electron, dockerode],
      [layers('main|cli|renderer', 'core may import only the contract and the Dockerfile language.')]
    )
  },
  { files: ['electron/core/engine/dockerode-client.ts'], rules: banned([electron], []) },
  {
    files: ['electron/cli/**'],
    rules: banned([electron, dockerode], [layers('main|renderer', 'The command does not import the app or the page.')])
  },
  {
    files: ['electron/main/**'],
    rules: banned([dockerode], [layers('renderer', 'main does not import the page.')])
  },
  {
    files: ['electron/main/route-calls.ts', 'electron/main/preload.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport] }
  },
  {
    files: ['renderer/**'],
    rules: banned(
      [electron, dockerode, ['zod', 'The page imports types, not schemas.']],
      [
        node,
        layers('core|main|cli', 'The page may import only the contract and the Dockerfile language.'),
        {
          regex: '^#contract/(schema/|ipc/(calls|topics))',
          message: 'Only types of the schemas.',
          allowTypeImports: true
        }
      ]
    )
  },
  { files: ['test/**', '*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  prettier
);
