// Fields in words: every field that a person fills in has a name in both languages, and a refusal says it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fieldName, fieldNames } from './field-names.ts';

/** Filled in by browsers, keys and programs, or nothing to fill in. */
const nameless = [
  ...['approvals', 'assertion', 'attestationObject', 'authenticatorData', 'clientDataJSON', 'digest', 'id', 'key', 'modifiedAt', 'passkey'],
  ...['payload', 'proof', 'registration', 'revision', 'sha256', 'signature', 'signatures', 'token', 'transports'],
  // Only hold others together.
  ...['props', 'settings', 'target'],
];

function askedFields(): string[] {
  const page = readFileSync(fileURLToPath(import.meta.resolve('../docs/api.md')), 'utf8');
  const bodies = [...page.matchAll(/Takes:\n\n```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body);
  return [...new Set(bodies.flatMap((body) => [...body.matchAll(/^\s*([A-Za-z]\w*)\??:/gm)].map(([, name = '']) => name)))];
}

test('every field of a request has a name, or is one that no person fills in', () => {
  const asked = askedFields();
  expect(asked.length).toBeGreaterThan(150);
  expect(asked.filter((name) => !(name in fieldNames) && !nameless.includes(name))).toEqual([]);
  expect([...Object.keys(fieldNames), ...nameless].filter((name) => !asked.includes(name))).toEqual([]);
});

test('a path is said in words of the page, counted from one', () => {
  expect(fieldName('url', 'vi')).toBe('địa chỉ');
  expect(fieldName('items[2].props.heading.vi', 'vi')).toBe('mục 3 › tiêu đề › tiếng Việt');
  expect(fieldName('items[2].props.heading.vi', 'en')).toBe('item 3 › heading › Vietnamese');
  expect(fieldName('constructor', 'vi')).toBe('constructor');
  expect(fieldName('', 'vi')).toBe('');
});
