import fc from 'fast-check';
import { create } from 'qrcode';
import { expect, it } from 'vitest';
import { codeVersion, modulesOf } from './code.ts';

const drawn = (text: string) => create(text, { errorCorrectionLevel: 'M' }).version;
const capitals = fc
  .string({ unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./:-')), minLength: 1, maxLength: 600 })
  .map((text) => `HTTPS://${text}`);
const small = fc
  .string({ unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz/?=&_')), minLength: 1, maxLength: 600 })
  .map((text) => `https://${text}`);

it('counts the same version as the library that draws the code, for links in capitals', () => {
  // Long runs of digits may be packed tighter by the library, so its version is never larger.
  fc.assert(
    fc.property(capitals, (text) => drawn(text) <= (codeVersion(text) ?? 41)),
    { numRuns: 100 },
  );
  for (const text of ['HTTPS://IHANOI.GOV.VN', 'HTTPS://SCAN.IHANOI.GOV.VN/Q/7K2M9P3QX', `HTTPS://A.VN/${'ABCDEFGHK'.repeat(40)}`])
    expect(codeVersion(text)).toBe(drawn(text));
});

it('and for links in small letters', () => {
  fc.assert(
    fc.property(small, (text) => codeVersion(text) === drawn(text)),
    { numRuns: 100 },
  );
});

it('at the edge of every version, up to the last', () => {
  for (let length = 1; length < 2_400; length += 13) {
    const text = 'a'.repeat(length);
    expect([length, codeVersion(text)]).toEqual([length, length <= 2_331 ? drawn(text) : undefined]);
  }
  expect(modulesOf(2)).toBe(25);
});
