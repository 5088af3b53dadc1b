// Lint rules: types everywhere, the habits that a machine can check, and who may import what of the outside.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';

import globals from 'globals';
import tseslint from 'typescript-eslint';

const product = '{core,player,server,renderer,console,chromium,electron}/**/*.{ts,svelte}';
const tests = ['**/*.test.ts', 'tests/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.{ts,mjs}', '*.config.{ts,js}', '**/vite.config.ts'];
const pages = ['renderer/**/*.{ts,svelte}', 'console/**/*.{ts,svelte}'];

const electron = { name: 'electron', message: "Only electron/ imports 'electron'." };
const kysely = { name: 'kysely', message: 'Queries live in server/<noun>/<noun>-store.ts and server/database/.' };

/** @param {readonly { name: string, message: string }[]} paths */
const noImport = (...paths) => ({ '@typescript-eslint/no-restricted-imports': ['error', { paths }] });

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'data/', 'shots/', 'node_modules/', '**/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        project: ['./*/tsconfig.json', './tsconfig.tests.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }, 'string'] }],
      // Taste, not safety.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // An async method may have nothing to wait for and still be what its interface promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: [product], rules: noImport(electron, kysely) },
  { files: ['electron/**/*.ts'], rules: noImport(kysely) },
  { files: ['server/**/*-store.ts', 'server/database/**/*.ts', 'server/**/*.test.ts'], rules: noImport(electron) },
  { files: pages, languageOptions: { globals: globals.browser } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  { files: ['**/*.svelte'], rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' } },
  // Types in components are svelte-check's work: typed lint of them would build every program twice.
  { files: ['**/*.svelte', '**/*.svelte.ts', '**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
