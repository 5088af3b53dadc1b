import { expect, it } from 'vitest';
import { z } from 'zod';
import { readingOnce } from './reading-once.ts';

it('parses equal texts once, and other texts by themselves', () => {
  const read = readingOnce(z.array(z.int()));
  const first = read('[1,2]');
  expect(first).toEqual([1, 2]);
  expect(read('[1,2]')).toBe(first);
  expect(read('[3]')).toEqual([3]);
});

it('refuses what the schema does not know, each time', () => {
  const read = readingOnce(z.array(z.int()));
  for (let time = 0; time < 2; time++) expect(() => read('["a"]')).toThrow(z.ZodError);
});

it('remembers a null as it does anything else', () => {
  let parsed = 0;
  const read = readingOnce(
    z.unknown().transform(() => {
      parsed += 1;
      return null;
    }),
  );
  expect([read('1'), read('1'), parsed]).toEqual([null, null, 1]);
});

it('goes on when more texts come than it remembers', () => {
  const read = readingOnce(z.int());
  for (let text = 0; text < 1_200; text++) expect(read(`${text}`)).toBe(text);
  expect(read('0')).toBe(0);
});
