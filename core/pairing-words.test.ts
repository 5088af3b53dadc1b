// The four words that two people compare.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairingText, pairingWords } from './pairing-words.ts';

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 });
const wordsFrom = (bits: number) => pairingWords(bits.toString(16).padStart(6, '0').padEnd(64, '0'));

test('there are four words, composed Unicode, for any hash', () => {
  fc.assert(
    fc.property(hex, (hash) => {
      const words = pairingWords(hash);
      expect(words).toHaveLength(4);
      for (const word of words) {
        expect(word).not.toBe('');
        expect(word).toBe(word.normalize('NFC'));
      }
    }),
  );
});

test('each of the 64 words stands for six bits of its own', () => {
  const first = new Set(Array.from({ length: 64 }, (_, bits) => wordsFrom(bits << 18)[0]));
  expect(first.size).toBe(64);
});

test('any other first 24 bits give other words', () => {
  const bits = fc.integer({ min: 0, max: 2 ** 24 - 1 });
  fc.assert(
    fc.property(bits, bits, (a, b) => {
      expect(wordsFrom(a).join(' ') === wordsFrom(b).join(' ')).toBe(a === b);
    }),
  );
});

test('the four words come from the first 24 bits in order', () => {
  expect(wordsFrom(0)).toEqual(['bàn', 'bàn', 'bàn', 'bàn']);
  expect(wordsFrom(0xffffff)).toEqual(['xoài', 'xoài', 'xoài', 'xoài']);
  expect(wordsFrom((1 << 18) | (2 << 12) | (3 << 6) | 4)).toEqual(['bánh', 'biển', 'bóng', 'bút']);
});

test('the hashed text names its purpose, the root and the key', () => {
  expect(pairingText('ab', 'cd')).toBe('ihanoi/1/pairing\nab\ncd');
});
