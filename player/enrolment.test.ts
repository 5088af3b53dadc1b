import { expect, test } from 'vitest';
import { enrolmentPrefix } from '../core/protocol.ts';
import { readEnrolment } from './enrolment.ts';

const enrolment = { server: 'https://man-hinh.hanoi.gov.vn', root: 'a'.repeat(64), secret: 'b'.repeat(32) };
const tokenOf = (value: unknown) => enrolmentPrefix + Buffer.from(JSON.stringify(value)).toString('base64url');

test('reads a token, spaces around it forgiven', () => {
  expect(readEnrolment(` ${tokenOf(enrolment)}\n`)).toEqual({ ok: true, enrolment });
});

test.each([
  ['another prefix', tokenOf(enrolment).replace('ihanoi1', 'ihanoi9')],
  ['a token cut off', tokenOf(enrolment).slice(0, -20)],
  ['a secret that is missing', tokenOf({ ...enrolment, secret: undefined })],
  ['a server that is a file', tokenOf({ ...enrolment, server: 'file:///etc/passwd' })],
  ['nothing', ''],
])('refuses %s with a reason', (_, token) => {
  expect(readEnrolment(token)).toMatchObject({ ok: false, reason: expect.stringMatching(/enrolment token/) });
});
