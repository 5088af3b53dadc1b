import { expect, it } from 'vitest';
import { createPasswords, isWeak } from './passwords.ts';

it('fits the password it was made of, whatever keyboard typed its marks, and no other', async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash('mưa rào Hồ Gươm'.normalize('NFD'));
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await passwords.fits('mưa rào Hồ Gươm', hash)).toBe(true);
  expect(await passwords.fits('mưa rào hồ gươm', hash)).toBe(false);
  expect(await passwords.hash('mưa rào Hồ Gươm')).not.toBe(hash);
  for (const none of [null, undefined, '', 'plain', hash.replace('argon2id', 'argon2i')]) expect(await passwords.fits('mưa rào Hồ Gươm', none)).toBe(false);
});

it('reads a hash of the reference implementation', async () => {
  // `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -e`
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await createPasswords().fits('password', reference)).toBe(true);
});

it('leaves the main thread to others while it computes, one after the other, and takes no more than it can', async () => {
  const passwords = createPasswords();
  const tries = Array.from({ length: 16 }, () => passwords.fits('một mật khẩu nào đó', null));
  expect(passwords.full).toBe(true);
  const before = process.threadCpuUsage();
  await Promise.all(tries);
  const { user, system } = process.threadCpuUsage(before);
  // Sixteen hashes on the main thread would hold it for a second and more.
  expect((user + system) / 1_000).toBeLessThan(300);
  expect(passwords.full).toBe(false);
});

it.each([
  ['matkhau123', true],
  ['Ihanoi@2026', true],
  ['aaaaaaaaaaaa', true],
  ['lan.nguyen99', true],
  ['nguyễn!!!!', true],
  ['mưa rào Hồ Gươm', false],
  ['trâu bò gặm cỏ', false],
  ['k7#Qz!m2Vx', false],
])('calls %s weak: %s', (password, weak) => {
  expect(isWeak(password, 'lan.nguyen', 'Nguyễn Thị Lan')).toBe(weak);
});
