import { describe, expect, it } from 'vitest';
import { findingCodes } from '../core/import-api.ts';
import { messages, textOf } from './messages.ts';

const slotsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the words of the console', () => {
  it('have the same slots in both languages', () => {
    for (const [key, { vi, en }] of Object.entries(messages)) expect(slotsOf(en), key).toEqual(slotsOf(vi));
  });

  it('name every finding of an import', () => {
    for (const code of findingCodes) expect(textOf('vi', `finding.${code}`)).not.toBe('');
  });

  it('take names as they are, braces included', () => {
    expect(textOf('vi', 'item.up', { name: '{name} $& {to}' })).toBe('Đưa “{name} $& {to}” lên');
  });
});
