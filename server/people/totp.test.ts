import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeOfStep, fromBase32, newTotpSecret, stepAt, stepOfCode, toBase32, totpUri } from './totp.ts';

const seeds = {
  sha1: '12345678901234567890',
  sha256: '12345678901234567890123456789012',
  sha512: '1234567890123456789012345678901234567890123456789012345678901234',
};
// Appendix B of RFC 6238.
it.each([
  [59, 'sha1', '94287082'],
  [59, 'sha256', '46119246'],
  [59, 'sha512', '90693936'],
  [1111111109, 'sha1', '07081804'],
  [1111111109, 'sha256', '68084774'],
  [1111111109, 'sha512', '25091201'],
  [1111111111, 'sha1', '14050471'],
  [1111111111, 'sha256', '67062674'],
  [1111111111, 'sha512', '99943326'],
  [1234567890, 'sha1', '89005924'],
  [1234567890, 'sha256', '91819424'],
  [1234567890, 'sha512', '93441116'],
  [2000000000, 'sha1', '69279037'],
  [2000000000, 'sha256', '90698825'],
  [2000000000, 'sha512', '38618901'],
  [20000000000, 'sha1', '65353130'],
  [20000000000, 'sha256', '77737706'],
  [20000000000, 'sha512', '47863826'],
] as const)('at second %i with %s gives %s, as RFC 6238 says', (second, hash, code) => {
  expect(codeOfStep(Buffer.from(seeds[hash]), stepAt(second * 1_000), { digits: 8, hash })).toBe(code);
});

it('takes a code half a minute early or late, and not a whole one', () => {
  const secret = fromBase32(newTotpSecret());
  const now = 1_700_000_000_000;
  const typed = codeOfStep(secret, stepAt(now));
  expect([-60_000, -30_000, 0, 30_000, 60_000].map((shift) => stepOfCode(secret, typed, now + shift) !== undefined)).toEqual([false, true, true, true, false]);
  for (const wrong of ['', '12345', `${typed}0`, 'abcdef', '１２３４５６']) expect(stepOfCode(secret, wrong, now)).toBeUndefined();
});

it('writes and reads base 32 as RFC 4648 does', () => {
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual([
    ...['MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'],
  ]);
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(bytes);
    }),
  );
});

it('names server and person for the telephone', () => {
  expect(totpUri('ABC', 'lan.nguyen', 'iHanoi · máy chủ')).toBe(
    'otpauth://totp/iHanoi%20%C2%B7%20m%C3%A1y%20ch%E1%BB%A7:lan.nguyen?secret=ABC&issuer=iHanoi%20%C2%B7%20m%C3%A1y%20ch%E1%BB%A7',
  );
});
