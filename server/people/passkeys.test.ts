// Passkeys as a second factor: made on the account page, asked for at sign-in, bound to host and origin, removed again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  assertionOptionsSchema,
  passkeyListSchema,
  passkeyPaths,
  registrationOptionsSchema,
  secondStepSchema,
  type AssertionOptions,
} from '../../core/passkey-api.ts';
import { factorAddedSchema, meSchema, peoplePaths } from '../../core/people-api.ts';
import { bindKey } from '../screens/screen-store.ts';
import { newBox } from '../testing/test-player.ts';
import { softPasskey, type SoftPasskey } from '../testing/soft-passkey.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { sessionCookie } from './caller.ts';
import { passkeyPlace } from './passkeys.ts';

const password = 'mưa rào Hồ Gươm';
const login = 'quantri';

let server: TestServer;
let cookie: string;
let origin: string;
let passkey: SoftPasskey;
beforeEach(async () => {
  server = await startTestServer();
  origin = `http://localhost:${new URL(server.url).port}`;
  passkey = softPasskey();
  cookie = '';
  const token = new URLSearchParams(server.signInLink.split('?')[1]).get('token');
  expect((await call('POST', '/api/session', { token })).status).toBe(200);
  expect((await call('PUT', peoplePaths.password, { next: password })).status).toBe(200);
});
afterEach(() => server.end());

/** Calls as the browser of the console at localhost, which keeps the cookie of each answer. */
async function call(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, at = origin) {
  const answer = await server.app.inject({
    ...{ method, url, headers: { host: new URL(at).host, origin: at, cookie } },
    ...(payload === undefined ? {} : { payload }),
  });
  const set = answer.cookies.find(({ name }) => name === sessionCookie)?.value;
  if (set !== undefined) cookie = `${sessionCookie}=${set}`;
  const body: unknown = answer.body === '' ? undefined : answer.json();
  const error = z.object({ error: z.object({ code: z.string(), details: z.unknown().optional() }) }).safeParse(body).data?.error;
  return { status: answer.statusCode, body, code: error?.code, details: error?.details };
}

async function add(proof?: object, by = passkey) {
  const options = registrationOptionsSchema.parse((await call('POST', passkeyPaths.offer, { proof })).body);
  return call('POST', passkeyPaths.passkeys, { name: 'Điện thoại của Lan', registration: by.register(options, origin) });
}
async function asked() {
  const needed = await call('POST', '/api/session', { login, password });
  expect(needed.code).toBe('code-needed');
  return secondStepSchema.parse(needed.details);
}
const signIn = async (change: (by: SoftPasskey, options: AssertionOptions) => object) => {
  const { passkey: options } = await asked();
  if (!options) throw new Error('no passkey is asked for');
  return call('POST', '/api/session', { login, password, passkey: change(passkey, options) });
};
const challenge = async () => assertionOptionsSchema.parse((await call('POST', passkeyPaths.challenge)).body);

it('is made at localhost or PUBLIC_ORIGIN, and for no address of numbers', async () => {
  expect(passkeyPlace(undefined, 'localhost:8080')).toEqual({ host: 'localhost', origin: 'http://localhost:8080' });
  expect(passkeyPlace('https://display.example.vn', 'backend:8080')).toEqual({ host: 'display.example.vn', origin: 'https://display.example.vn' });
  for (const asked of ['127.0.0.1:8080', '[::1]:8080', '10.0.0.5', 'display.example.vn']) expect(passkeyPlace(undefined, asked)).toBeUndefined();
  expect(passkeyPlace('https://10.0.0.5', 'localhost')).toBeUndefined();
  expect((await call('POST', passkeyPaths.offer, {}, server.url)).code).toBe('passkey-address');
  expect((await call('GET', passkeyPaths.passkeys, undefined, server.url)).body).toEqual({ passkeys: [], host: null, openAt: `${origin}/console/` });
  expect(server.signInLink.startsWith(`${origin}/console/`)).toBe(true);
});

describe('as the first second factor', () => {
  it('brings recovery codes, counts for approvers and administrators, and signs in', async () => {
    const { codes } = factorAddedSchema.parse((await add()).body);
    expect(codes).toHaveLength(10);
    expect(meSchema.parse((await call('GET', '/api/session')).body)).toMatchObject({ secondFactor: 'on', factors: { code: false, passkeys: 1 } });
    const { db, now } = server.context;
    const { id } = await db.selectFrom('screens').select('id').executeTakeFirstOrThrow();
    await db.updateTable('screens').set({ trial: 0 }).execute();
    await bindKey(db, id, newBox().publicKey, now());
    expect((await call('GET', peoplePaths.people)).status).toBe(200);

    expect(await asked()).toMatchObject({ code: false, passkey: { rpId: 'localhost', allowCredentials: [{ id: passkey.id }] } });
    expect((await signIn((by, options) => by.sign(options, origin))).status).toBe(200);
    expect((await call('POST', '/api/session', { login, password, code: codes[0] })).status).toBe(200);
    const log = await db.selectFrom('audit').select(['what', 'after']).where('what', '=', 'account.passkey.add').execute();
    expect(log).toEqual([{ what: 'account.passkey.add', after: JSON.stringify({ name: 'Điện thoại của Lan', host: 'localhost' }) }]);
  });

  it('is asked for by a one-time link too, which is not used up before', async () => {
    await add();
    server = await server.again();
    const token = new URLSearchParams(server.signInLink.split('?')[1]).get('token');
    const needed = await call('POST', '/api/session', { token });
    const options = secondStepSchema.parse(needed.details).passkey;
    expect(needed.code).toBe('code-needed');
    expect((await call('POST', '/api/session', { token, passkey: passkey.sign(options ?? { challenge: '', rpId: '' }, origin) })).status).toBe(200);
  });
});

describe('a signature', () => {
  beforeEach(async () => {
    await add();
  });

  it('for another page, host or challenge, without finger, face or PIN, or of another key signs nobody in', async () => {
    const forged: Readonly<Record<string, (by: SoftPasskey, options: AssertionOptions) => object>> = {
      'for another page': (by, options) => by.sign(options, 'https://evil.example'),
      'for another host': (by, options) => by.sign({ ...options, rpId: 'evil.example' }, origin),
      'over another challenge': (by, options) => by.sign({ ...options, challenge: 'A'.repeat(43) }, origin),
      'without finger, face or PIN': (by, options) => by.sign(options, origin, false),
      'of a key that nobody registered': (_by, options) => softPasskey().sign(options, origin),
      'of another key under this one’s name': (by, options) => ({ ...softPasskey().sign(options, origin), id: by.id }),
    };
    const entries = Object.entries(forged);
    // So many wrong ones in a row would have to wait.
    for (const [what, change] of entries) {
      expect([what, (await signIn(change)).code]).toEqual([what, 'passkey-wrong']);
      server.clock.now += 31_000;
    }
    expect((await signIn((by, options) => by.sign(options, origin))).code).toBe('sign-in-locked');
  });

  it('counts once, and for five minutes', async () => {
    const { passkey: options } = await asked();
    const signature = passkey.sign(options ?? { challenge: '', rpId: '' }, origin);
    expect((await call('POST', '/api/session', { login, password, passkey: signature })).status).toBe(200);
    expect((await call('POST', '/api/session', { login, password, passkey: signature })).code).toBe('passkey-wrong');
    const late = await asked();
    server.clock.now += 5 * 60_000;
    expect((await call('POST', '/api/session', { login, password, passkey: passkey.sign(late.passkey ?? { challenge: '', rpId: '' }, origin) })).code).toBe(
      'passkey-wrong',
    );
  });

  it('does not replace the password', async () => {
    const { passkey: options } = await asked();
    const signature = passkey.sign(options ?? { challenge: '', rpId: '' }, origin);
    expect((await call('POST', '/api/session', { login, password: 'không phải nó', passkey: signature })).code).toBe('sign-in-refused');
  });
});

describe('an open session', () => {
  it('adds a second passkey or a telephone only to whoever proves it again, and its recovery codes go on', async () => {
    await add();
    expect((await call('POST', passkeyPaths.offer, {})).code).toBe('proof-needed');
    expect((await call('POST', peoplePaths.secondFactor, {})).code).toBe('proof-needed');
    const spare = softPasskey();
    const added = await add({ passkey: passkey.sign(await challenge(), origin) }, spare);
    expect(factorAddedSchema.parse(added.body).codes).toEqual([]);
    expect((await call('POST', peoplePaths.secondFactor, { proof: { passkey: spare.sign(await challenge(), origin) } })).status).toBe(200);
    expect((await call('POST', peoplePaths.recoveryCodes, { passkey: spare.sign(await challenge(), origin) })).status).toBe(200);
  });

  it('removes one only by a proof, ends all other sessions, and lets go of the second factor with the last', async () => {
    const { codes } = factorAddedSchema.parse((await add()).body);
    const list = async () => passkeyListSchema.parse((await call('GET', passkeyPaths.passkeys)).body).passkeys;
    expect(await list()).toMatchObject([{ id: passkey.id, name: 'Điện thoại của Lan', host: 'localhost' }]);
    expect((await call('POST', passkeyPaths.remove(passkey.id), { code: 'AAAA-AAAA-AAAA-AAAA' })).code).toBe('code-refused');
    const old = cookie;
    expect((await call('POST', passkeyPaths.remove(passkey.id), { code: codes[0] })).status).toBe(200);
    expect(cookie).not.toBe(old);
    expect(await list()).toEqual([]);
    expect((await call('POST', '/api/session', { login, password })).status).toBe(200);
    expect(await server.context.db.selectFrom('recovery_codes').selectAll().execute()).toEqual([]);
  });
});
