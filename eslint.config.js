import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Import rules that hold the arrows of ARCHITECTURE.md one way. */
const layer = (files, patterns) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
  },
});
const NO_ELECTRON = [['electron'], 'electron is imported only in main/electron.ts, main/electron/ and preload/'];
const NO_SQLITE = [['better-sqlite3'], 'better-sqlite3 is imported only in main/store/'];
const NO_NODE = [['node:*'], 'this layer is pure'];
const NO_UP = (...names) => [names.map((name) => `**/${name}`), 'arrows point from the hosts to the core only'];
const HOSTS = ['electron.ts', 'electron/**', 'web*.ts', 'compose.ts', 'program.ts'];
const SERVICES = ['services/**', 'application.ts', 'dispatch.ts'];

export default ts.config(
  { ignores: ['dist/', 'release/', 'node_modules/', 'test-results/', 'playwright-report/', 'exams/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  layer(['main/exam/**'], [NO_ELECTRON, NO_SQLITE, NO_NODE, [['../*'], 'exam imports nothing above it']]),
  layer(['main/insight/**'], [NO_ELECTRON, NO_SQLITE, NO_NODE, NO_UP('store/**', ...SERVICES, ...HOSTS)]),
  layer(['main/study/**'], [NO_ELECTRON, NO_SQLITE, NO_NODE, NO_UP('store/**', 'contract.ts', ...SERVICES, ...HOSTS)]),
  layer(['main/store/**'], [NO_ELECTRON, NO_UP('contract.ts', ...SERVICES, ...HOSTS)]),
  layer(['main/*.ts'], [NO_ELECTRON, NO_SQLITE]),
  layer(
    ['main/services/sittings.ts', 'main/services/open-sitting.ts', 'main/services/library.ts'],
    [NO_ELECTRON, NO_SQLITE, NO_UP('dispatch.ts', ...HOSTS)],
  ),
  layer(['main/electron.ts', 'main/electron/**', 'preload/**'], [NO_SQLITE]),
  {
    files: ['main/**', 'renderer/**', 'preload/**'],
    ignores: ['main/compose.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'time comes from compose.ts',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'time comes from compose.ts' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'randomness comes from compose.ts',
        },
      ],
    },
  },
  {
    files: ['renderer/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['**/main/**'], allowTypeImports: true, message: 'the renderer imports types of main only' },
            {
              group: ['**/main/store/**', 'electron', 'better-sqlite3', 'node:*'],
              message: 'the renderer runs in a browser',
            },
          ],
        },
      ],
      'svelte/no-navigation-without-resolve': 'off',
      // A plain Set here is bookkeeping that nothing is rendered from.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
);
