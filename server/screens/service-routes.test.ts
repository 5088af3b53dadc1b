// Out of service and back: the box is told by a signed assignment, the number stays, and pressing twice does it once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenViewSchema } from '../../core/screen-api.ts';
import { assignmentSchema } from '../../core/manifest.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { assignmentEnvelope } from './assignment-store.ts';
import { findScreen } from './screen-store.ts';

let server: TestServer;
let one: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  one = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await one.call('GET', '/api/screens')).body);
const street = async () => {
  const found = (await screens()).find(({ channel }) => channel === 'street');
  if (!found) throw new Error('there is no street screen');
  return found;
};
/** What its box is told. */
async function told(id: string) {
  const { db } = server.context;
  const text = await assignmentEnvelope(db, (await findScreen(db, id))?.assignment ?? '');
  return assignmentSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload));
}
const audited = async (what: string) =>
  (await server.context.db.selectFrom('audit').select('after').where('what', '=', what).execute()).map(({ after }) => JSON.parse(after ?? '') as unknown);

it('tells the box, keeps the number, and is in the log with its reason', async () => {
  const { id, number } = await street();
  const before = await told(id);
  const answers = [
    await one.call('POST', `/api/screens/${id}/revoke`, { reason: 'Mất thiết bị' }),
    await one.call('POST', `/api/screens/${id}/revoke`, { reason: 'Lần hai' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await street()).toMatchObject({ condition: 'revoked', number });
  expect(await told(id)).toMatchObject({ state: 'revoked', version: before.version + 1, number });
  expect(await audited('screen.revoke')).toEqual([{ state: 'revoked', reason: 'Mất thiết bị' }]);

  expect((await one.call('POST', `/api/screens/${id}/restore`, { reason: 'Đã thay thiết bị' })).status).toBe(200);
  expect(await told(id)).toMatchObject({ state: 'active', version: before.version + 2, number });
  expect(await audited('screen.restore')).toEqual([{ state: 'active', reason: 'Đã thay thiết bị' }]);
});

it('wants a reason, and a screen that there is', async () => {
  const { id } = await street();
  expect((await one.call('POST', `/api/screens/${id}/revoke`, { reason: ' ' })).status).toBe(400);
  expect((await one.call('POST', '/api/screens/00000000-0000-4000-8000-000000000000/revoke', { reason: 'Thử' })).status).toBe(404);
});
