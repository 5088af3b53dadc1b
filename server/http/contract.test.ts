// The API's document against the routes: it leaves nothing out, docs/api.md is written from it, and whatever a client sends is answered and never by a fault.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { errors } from '../../core/errors.ts';
import { sha256 } from '../keys/ed25519.ts';
import { listPeople } from '../people/person-store.ts';
import { sessionCookie } from '../people/caller.ts';
import { addSession } from '../people/session-store.ts';
import { product } from '../product.ts';
import { listScreens } from '../screens/screen-store.ts';
import { anyText, diceOf, junk, valueFor, type Dice } from '../testing/fuzz-values.ts';
import { giveSecondFactors } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { operationsOf, readApiDocument, type ApiDocument, type ListedOperation } from './api-document.ts';
import { apiPage } from './api-page.ts';

let server: TestServer;
let document: ApiDocument;

beforeAll(async () => {
  server = await startTestServer();
  await giveSecondFactors(server);
  document = readApiDocument((await server.app.inject('/api/docs/json')).json());
});
afterAll(() => server.end());

/** Places of a schema that say nothing at all. Maps whose values are open on purpose do not count. */
function emptyPlaces(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => emptyPlaces(each, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const open = /\/(?:additionalProperties|properties|default)$/.test(path);
  const entries = Object.entries(value);
  return entries.length === 0 && !open ? [path] : entries.flatMap(([key, each]) => emptyPlaces(each, `${path}/${key}`));
}

it('has no empty schema, and says of every route what it takes and what it answers', () => {
  const operations = operationsOf(document);
  expect(operations.length).toBeGreaterThan(140);
  for (const { path, method, operation } of operations) {
    const name = `${method} ${path}`;
    const { security: _security, responses, ...rest } = operation;
    expect([name, emptyPlaces(rest, ''), emptyPlaces(responses, '')]).toEqual([name, [], []]);
    const answers = Object.entries(responses).filter(([status]) => /^2/.test(status));
    expect([name, answers.length]).not.toEqual([name, 0]);
    for (const [status, { content }] of answers) if (!['202', '204'].includes(status)) expect([name, status, content]).not.toEqual([name, status, undefined]);
    expect([name, responses['default']]).toEqual([name, expect.objectContaining({ $ref: '#/components/responses/Failure' })]);
  }
});

it('is what docs/api.md says; `npm run docs:api` writes it anew', () => {
  expect(readFileSync(join(product, 'docs', 'api.md'), 'utf8') === apiPage(document), 'run npm run docs:api').toBe(true);
});

const failureSchema = z.strictObject({
  error: z.strictObject({
    code: z.literal(Object.keys(errors) as [string, ...string[]]),
    vi: z.string().min(1),
    en: z.string().min(1),
    details: z.unknown().optional(),
  }),
});
/** What only a fault shows: a frame of a stack, words of a database, a place on the disk. */
const leaks = [
  /\bat \S+ \(?(?:file:|node:|\/)/,
  /node:internal|node_modules|\.ts:\d+/,
  /SQLITE_|SqliteError|PostgresError|syntax error at|violates \w+ constraint|\bselect .+ from "|\binsert into "/i,
];

interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string;
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
/** Half a character cannot travel in an address. */
const inUrl = (value: unknown, most: number) =>
  encodeURIComponent(
    asText(value)
      .replace(/\p{Surrogate}/gu, '?')
      .slice(0, most / 9),
  );

function requestFor({ path, method, operation }: ListedOperation, dice: Dice, ids: readonly string[]): Sent {
  const known: [string, ...string[]] = ['street', '1', '2', 'a'.repeat(64), '0'.repeat(64), ...ids];
  const schemas = new Map(operation.parameters.flatMap(({ name, in: where, schema }) => (where === 'path' ? [[name, schema]] : [])));
  const part = (name: string) => {
    const asked = valueFor(schemas.get(name), dice, ids, 0);
    return inUrl(dice.chance(0.75) ? asked : dice.chance(0.6) ? dice.pick(known) : anyText(dice), 280);
  };
  const place = path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) => part(name));
  const query = operation.parameters.flatMap(({ name, in: where, schema }) =>
    where === 'query' && dice.chance(0.7) ? [`${encodeURIComponent(name)}=${inUrl(valueFor(schema, dice, ids, 0.2), 2_000)}`] : [],
  );
  const body = operation.requestBody?.content ?? {};
  const [type = 'application/json', shape] = Object.entries(body)[dice.number(Math.max(1, Object.keys(body).length))] ?? [];
  const headers: Record<string, string> = {};
  let payload: string | undefined;
  if (method !== 'get' && dice.chance(0.95)) {
    headers['content-type'] = dice.chance(0.9)
      ? type
      : dice.pick(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'x']);
    const value = dice.chance(0.9) ? valueFor(shape?.schema, dice, ids, dice.chance(0.5) ? 0 : 0.06) : junk(dice);
    payload = type === 'application/json' ? JSON.stringify(value) : asText(value);
    if (dice.chance(0.04)) payload = payload.slice(0, Math.floor(payload.length / 2));
  }
  return {
    method: method.toUpperCase() as Sent['method'],
    url: query.length > 0 ? `${place}?${query.join('&')}` : place,
    headers,
    ...(payload === undefined ? {} : { payload }),
  };
}

const whole = process.env['TEST_FULL'] !== undefined;
const requests = whole ? 10_000 : 1_000;

it(`answers ${requests} bad requests, drawn from the document, without a fault and without a word of its insides`, { timeout: 600_000 }, async () => {
  const seed = Number(process.env['TEST_SEED'] ?? 311);
  const dice = diceOf(seed);
  const { db, now } = server.context;
  const ids = [...(await listScreens(db)).map(({ id }) => id), ...(await listPeople(db)).map(({ id }) => id)];
  const [administrator] = await listPeople(db);
  const operations = operationsOf(document);
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < requests; sent += 1) {
    const operation = operations[sent % operations.length];
    if (!operation || !administrator) throw new Error('there is nothing to call');
    // One of the routes signs out, another ends sessions.
    const secret = `fuzz-${sent}`;
    await addSession(db, sha256(secret), administrator.id, now());
    const request = requestFor(operation, dice, ids);
    const { host } = new URL(server.url);
    const answer = await server.app.inject({
      ...request,
      headers: { ...request.headers, host, origin: server.url, cookie: `${sessionCookie}=${secret}` },
      remoteAddress: `10.7.${(sent >> 8) & 255}.${sent & 255}`,
    });
    const { statusCode, body } = answer;
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    const told = { seed, sent, ...request, answered: body.slice(0, 600), logged: server.logged.slice(-1) };
    expect(statusCode, JSON.stringify(told)).toBeLessThan(500);
    if (answer.headers['content-type']?.includes('json') && statusCode >= 400)
      expect(failureSchema.safeParse(answer.json()).success, JSON.stringify(told)).toBe(true);
    if (statusCode >= 400) for (const leak of leaks) expect(leak.test(body), JSON.stringify(told)).toBe(false);
  }
  // A client that never gets past the door has tried nothing.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 20);
  expect(statuses.get(401) ?? 0).toBeLessThan(requests / 20);
});
