// Scan links: codes read back, mistakes are caught, and the link stays small.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, codeText, decodePlacement, encodePlacement, scanLink } from './links.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const number = fc.integer({ min: 0, max: 2 ** 20 - 1 });
const placement = fc.record({ owner: number, item: number });
const codeAndPlaces = fc.tuple(placement.map(encodePlacement), fc.nat(8), fc.nat(8));

test('a placement reads back from its nine characters', () => {
  fc.assert(
    fc.property(placement, (each) => {
      const code = encodePlacement(each);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{9}$/);
      expect(decodePlacement(code)).toEqual(each);
    }),
  );
});

test('a code reads the same in lower case, with hyphens and spaces, and with I, L and O for 1 and 0', () => {
  fc.assert(
    fc.property(placement, fc.constantFrom('I', 'L', 'i', 'l', '1'), fc.constantFrom('O', 'o', '0'), fc.nat(9), (each, one, zero, cut) => {
      const code = encodePlacement(each).replaceAll('1', one).replaceAll('0', zero);
      expect(decodePlacement(`${code.slice(0, cut)}-${code.slice(cut).toLowerCase()} `)).toEqual(each);
    }),
  );
});

test('every single wrong character is caught', () => {
  fc.assert(
    fc.property(codeAndPlaces, fc.constantFrom(...alphabet.split('')), ([code, place], wrong) => {
      fc.pre(code[place] !== wrong);
      expect(decodePlacement(code.slice(0, place) + wrong + code.slice(place + 1))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test('every swap of two characters is caught', () => {
  fc.assert(
    fc.property(codeAndPlaces, ([code, a, b]) => {
      const characters = [...code];
      [characters[a], characters[b]] = [characters[b] ?? '', characters[a] ?? ''];
      fc.pre(characters.join('') !== code);
      expect(decodePlacement(characters.join(''))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test.each(['', '0', '12345678', '1234567890', 'UUUUUUUUU', '../../etc', 'https://a.vn', '7K2M9P\u0000AB', '%00%00%00'])('%j is no code', (text) => {
  expect(decodePlacement(text)).toBeUndefined();
});

test('text from outside never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const read = decodePlacement(text);
      if (read) expect(decodePlacement(encodePlacement(read))).toEqual(read);
    }),
  );
});

test.each([-1, 2 ** 20, 1.5, Number.NaN])('a number that does not fit twenty bits (%s) is refused', (owner) => {
  expect(() => encodePlacement({ owner, item: 0 })).toThrow(RangeError);
  expect(() => encodePlacement({ owner: 0, item: owner })).toThrow(RangeError);
});

test('a link on a host of 18 characters fits the 38 characters of a version 2-M code in alphanumeric mode', () => {
  const host = 'scan.ihanoi.gov.vn';
  expect(host).toHaveLength(18);
  fc.assert(
    fc.property(placement, (each) => {
      expect(scanLink(host, each)).toMatch(/^HTTPS:\/\/SCAN\.IHANOI\.GOV\.VN\/Q\/[0-9A-Z $%*+\-./:]{9}$/);
      expect(scanLink(host, each).length).toBeLessThanOrEqual(38);
    }),
  );
});

test('a link without a path is carried in upper case, another one as it is', () => {
  expect(codeText('https://ihanoi.gov.vn')).toBe('HTTPS://IHANOI.GOV.VN');
  expect(codeText('https://ihanoi.gov.vn/')).toBe('HTTPS://IHANOI.GOV.VN');
  for (const link of ['https://ihanoi.gov.vn/tai-App', 'https://ihanoi.gov.vn/?Id=a', 'https://ihanoi.gov.vn/#Cai']) expect(codeText(link)).toBe(link);
});

test('a campaign without a scan host encodes its install link', () => {
  const links = { web: { url: 'https://ihanoi.gov.vn' } };
  expect(codeOf({ links }, { owner: 7, item: 3 })).toBe('HTTPS://IHANOI.GOV.VN');
  expect(codeOf({ links, scanHost: 'q.vn' }, { owner: 7, item: 3 })).toBe(`HTTPS://Q.VN/Q/${encodePlacement({ owner: 7, item: 3 })}`);
});
