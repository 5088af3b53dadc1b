// Signing in by name and password, with a second factor, under attack; and one's own account.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meSchema, peoplePaths, recoveryCodesSchema, secondFactorOfferSchema, sessionViewSchema } from '../../core/people-api.ts';
import { sessionCookie } from './caller.ts';
import { codeOfStep, fromBase32, stepAt } from './totp.ts';
import { staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const password = 'mưa rào Hồ Gươm';
const login = 'quantri';

let server: TestServer;
/** The administrator, come by the link of the start, whose password is set. */
let staff: Staff;
beforeEach(async () => {
  server = await startTestServer();
  staff = await come({ token: new URLSearchParams(server.signInLink.split('?')[1]).get('token') ?? '' });
  staff = await renewed(staff, 'PUT', peoplePaths.password, { next: password });
});
afterEach(() => server.end());

const knock = (payload: object, remoteAddress = '198.51.100.1') => server.app.inject({ method: 'POST', url: '/api/session', payload, remoteAddress });
type Answer = Awaited<ReturnType<typeof knock>>;
const codeOf = (answer: Answer) => answer.json<{ error?: { code: string } }>().error?.code;
const cookieOf = (answer: Answer) => `${sessionCookie}=${answer.cookies.find(({ name }) => name === sessionCookie)?.value}`;

async function come(payload: object, address?: string): Promise<Staff> {
  const answer = await knock(payload, address);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return staffOf(server, cookieOf(answer));
}

/** Calls as a person and goes on with the cookie of the answer. */
async function renewed({ cookie }: Staff, method: 'PUT' | 'POST', url: string, payload: object): Promise<Staff> {
  const answer = await server.app.inject({ method, url, payload, headers: { host: new URL(server.url).host, origin: server.url, cookie } });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  expect(cookieOf(answer)).not.toBe(cookie);
  return staffOf(server, cookieOf(answer));
}

const codeNow = (secret: string, shift = 0) => codeOfStep(fromBase32(secret), stepAt(server.clock.now) + shift);

async function withSecondFactor(): Promise<{ secret: string; codes: string[] }> {
  const { secret, uri } = secondFactorOfferSchema.parse((await staff.call('POST', peoplePaths.secondFactor, {})).body);
  expect(uri).toContain(`secret=${secret}`);
  const answer = await server.app.inject({
    ...{ method: 'PUT', url: peoplePaths.secondFactor, payload: { code: codeNow(secret) } },
    headers: { host: new URL(server.url).host, origin: server.url, cookie: staff.cookie },
  });
  staff = staffOf(server, cookieOf(answer));
  server.clock.now += 30_000;
  return { secret, ...recoveryCodesSchema.parse(answer.json()) };
}

describe('name and password', () => {
  it('sign in from then on; the link of the start has set them, and stays for whoever stands at the server', async () => {
    const by = await come({ login: '  QuanTri ', password });
    expect(meSchema.parse((await by.call('GET', '/api/session')).body)).toMatchObject({ login, hasPassword: true, secondFactor: 'later' });
    expect(codeOf(await knock({ login, password: `${password}!` }))).toBe('sign-in-refused');
    expect(codeOf(await knock({ login: 'nobody', password }))).toBe('sign-in-refused');
    const stored = JSON.stringify(await server.context.db.selectFrom('people').selectAll().execute());
    expect(stored).toContain('$argon2id$');
    expect(stored).not.toContain(password);
    server = await server.again();
    expect((await knock({ token: new URLSearchParams(server.signInLink.split('?')[1]).get('token') ?? '' })).statusCode).toBe(200);
  });

  it('change only with the old password, once the link is no longer fresh; a weak one is refused', async () => {
    const change = (body: object) => staff.call('PUT', peoplePaths.password, body);
    expect(await change({ next: 'quantri12345' })).toMatchObject({ status: 422, body: { error: { code: 'password-weak' } } });
    expect((await change({ next: 'ngắn' })).status).toBe(400);
    server.clock.now += 31 * 60_000;
    expect(await change({ next: 'trâu bò gặm cỏ' })).toMatchObject({ status: 403, body: { error: { code: 'password-wrong' } } });
    expect(await change({ current: 'không phải nó', next: 'trâu bò gặm cỏ' })).toMatchObject({ body: { error: { code: 'password-wrong' } } });
    expect((await change({ current: password, next: 'trâu bò gặm cỏ' })).status).toBe(200);
    expect(codeOf(await knock({ login, password }))).toBe('sign-in-refused');
    await come({ login, password: 'trâu bò gặm cỏ' });
  });

  it('fault 83: wait longer and longer after five wrong tries, also after a restart, and never lock out an address where their owner sits', async () => {
    const guess = (address: string) => knock({ login, password: 'đoán mò một hồi' }, address);
    await come({ login, password }, '192.0.2.9');
    for (let n = 0; n < 5; n++) expect(codeOf(await guess(`203.0.113.${n}`))).toBe('sign-in-refused');
    const waits: number[] = [];
    for (let n = 0; n < 7; n++) {
      const locked = await guess('203.0.113.77');
      expect(codeOf(locked)).toBe('sign-in-locked');
      const seconds = Number(locked.headers['retry-after']);
      waits.push(seconds);
      // The right password does not help the stranger either.
      expect(codeOf(await knock({ login, password }, '203.0.113.78'))).toBe('sign-in-locked');
      if (n === 2) server = await server.again();
      server.clock.now += seconds * 1_000;
      expect(codeOf(await guess('203.0.113.79'))).toBe('sign-in-refused');
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
    await come({ login, password }, '192.0.2.9');
  }, 60_000);

  it('are counted when many are tried at once, and all is forgotten after the right one', async () => {
    const many = await Promise.all(Array.from({ length: 9 }, (_, n) => knock({ login, password: `đoán lần thứ ${n}` }, `203.0.113.${n}`)));
    expect(many.map(codeOf).sort()).toEqual([...Array<string>(4).fill('sign-in-locked'), ...Array<string>(5).fill('sign-in-refused')]);
    server.clock.now += 30_000;
    await come({ login, password });
    expect(codeOf(await knock({ login, password: 'lại nhầm' }, '203.0.113.1'))).toBe('sign-in-refused');
    expect(await server.context.db.selectFrom('sign_in_locks').select(['subject', 'failures']).where('subject', '=', `login:${login}`).execute()).toMatchObject(
      [{ failures: 1 }],
    );
  });

  it('hold an address back that tries many names', async () => {
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 21; n++) {
      server.clock.now += 4_000;
      codes.push(codeOf(await knock({ login: `ten-so-${n}`, password }, '203.0.113.1')));
      if (n % 15 === 14) server = await server.again();
    }
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(20);
    expect(codes.at(-1)).toBe('sign-in-locked');
  }, 60_000);
});

describe('a second factor', () => {
  it('is asked for after the password, and a code works once', async () => {
    const { secret } = await withSecondFactor();
    expect(meSchema.parse((await staff.call('GET', '/api/session')).body).secondFactor).toBe('on');
    expect(codeOf(await knock({ login, password }))).toBe('code-needed');
    expect(codeOf(await knock({ login, password: 'sai', code: codeNow(secret) }))).toBe('sign-in-refused');
    expect(codeOf(await knock({ login, password, code: '000000' }))).toBe('code-wrong');
    const code = codeNow(secret);
    await come({ login, password, code });
    expect(codeOf(await knock({ login, password, code }))).toBe('code-wrong');
    server.clock.now += 30_000;
    await come({ login, password, code: codeNow(secret) });
  });

  it('is asked for by a link too, and the link is not used up by a wrong code', async () => {
    const { secret } = await withSecondFactor();
    server = await server.again();
    const token = new URLSearchParams(server.signInLink.split('?')[1]).get('token') ?? '';
    expect(codeOf(await knock({ token }))).toBe('code-needed');
    expect(codeOf(await knock({ token, code: '123456' }))).toBe('code-wrong');
    await come({ token, code: codeNow(secret) });
    expect(codeOf(await knock({ token, code: codeNow(secret, 1) }))).toBe('sign-in-link-used');
  });

  it('cannot be guessed by whoever knows the password', async () => {
    await withSecondFactor();
    for (let n = 0; n < 5; n++) {
      expect(codeOf(await knock({ login, password }, `203.0.113.${n}`))).toBe('code-needed');
      expect(codeOf(await knock({ login, password, code: String(100_000 + n) }, `203.0.113.${n}`))).toBe('code-wrong');
    }
    expect(codeOf(await knock({ login, password, code: '999999' }))).toBe('sign-in-locked');
  });

  it('has ten codes for the day on which the telephone is lost, each good once, kept as hashes', async () => {
    const { codes } = await withSecondFactor();
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    expect(first).toMatch(/^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    await come({ login, password, code: first.toLowerCase().replaceAll('-', ' ') });
    expect(codeOf(await knock({ login, password, code: first }))).toBe('code-wrong');
    expect(JSON.stringify(await server.context.db.selectFrom('recovery_codes').selectAll().execute())).not.toContain(second);
    const again = recoveryCodesSchema.parse((await staff.call('POST', peoplePaths.recoveryCodes, { code: second })).body);
    expect(codeOf(await knock({ login, password, code: codes[2] }))).toBe('code-wrong');
    await come({ login, password, code: again.codes[0] });
  });

  it('is switched off by a code only, and not switched on by a wrong one', async () => {
    const { secret } = secondFactorOfferSchema.parse((await staff.call('POST', peoplePaths.secondFactor, {})).body);
    const wrong = codeNow(secret) === '000000' ? '000001' : '000000';
    expect((await staff.call('PUT', peoplePaths.secondFactor, { code: wrong })).status).toBe(422);
    expect(codeOf(await knock({ login, password }))).toBeUndefined();
    const on = await withSecondFactor();
    expect((await staff.call('POST', peoplePaths.secondFactorOff, { code: '000000' })).status).toBe(422);
    staff = await renewed(staff, 'POST', peoplePaths.secondFactorOff, { code: codeNow(on.secret) });
    await come({ login, password });
  });
});

describe('sessions', () => {
  it('are listed with where they are used, and one or all others can be ended', async () => {
    const phone = await come({ login, password }, '192.0.2.4');
    await come({ login, password }, '192.0.2.5');
    const list = async () => sessionViewSchema.array().parse((await staff.call('GET', peoplePaths.ownSessions)).body);
    const before = await list();
    expect(before.map(({ address, own, via }) => [address, own, via])).toEqual(
      expect.arrayContaining([
        ['127.0.0.1', true, 'link'],
        ['192.0.2.4', false, 'password'],
        ['192.0.2.5', false, 'password'],
      ]),
    );
    const id = before.find(({ address }) => address === '192.0.2.4')?.id ?? '';
    expect((await staff.call('DELETE', peoplePaths.ownSession(id))).status).toBe(204);
    expect((await staff.call('DELETE', peoplePaths.ownSession(id))).status).toBe(404);
    expect((await phone.call('GET', '/api/session')).status).toBe(401);
    expect((await staff.call('DELETE', peoplePaths.ownSessions)).status).toBe(204);
    expect((await list()).map(({ own }) => own)).toEqual([true]);
  });

  it('all end but one, under a new secret, when password or second factor change', async () => {
    const other = await come({ login, password });
    const old = staff;
    await withSecondFactor();
    expect((await other.call('GET', '/api/session')).status).toBe(401);
    expect((await old.call('GET', '/api/session')).status).toBe(401);
    expect((await staff.call('GET', '/api/session')).status).toBe(200);
  });
});
