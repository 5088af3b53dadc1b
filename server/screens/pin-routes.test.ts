// The technician's PIN: made by whoever answers for the screen, told to its box as a slow hash only, on the record without its digits.
import { scryptSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenPinSchema, screenViewSchema } from '../../core/screen-api.ts';
import { assignmentSchema } from '../../core/manifest.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { pinCost } from '../../core/technician.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { assignmentEnvelope } from './assignment-store.ts';
import { findScreen } from './screen-store.ts';

let server: TestServer;
let staff: Staff;
let screen: string;
beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  screen = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body)[0]?.id ?? '';
});
afterAll(() => server.end());

const path = () => `/api/screens/${screen}/pin`;

async function assigned() {
  const { db } = server.context;
  const envelope = await assignmentEnvelope(db, (await findScreen(db, screen))?.assignment ?? '');
  return { text: envelope ?? '', document: assignmentSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(envelope ?? '')).payload)) };
}

it('does not exist until somebody makes it; then its box knows it as a hash, and only that', async () => {
  expect((await staff.call('GET', path())).body).toEqual({ pin: null });
  expect((await assigned()).document.pin).toBeUndefined();
  const { pin } = screenPinSchema.parse((await staff.call('POST', path())).body);
  expect((await staff.call('GET', path())).body).toEqual({ pin });
  const { text, document } = await assigned();
  const { bytes, ...cost } = pinCost;
  expect(scryptSync(pin ?? '', Buffer.from(document.pin?.salt ?? '', 'base64url'), bytes, cost).toString('base64url')).toBe(document.pin?.hash);
  expect(text).not.toContain(pin);
});

it('is another one each time, and stands in the log without its digits', async () => {
  const before = (await assigned()).document;
  const { pin } = screenPinSchema.parse((await staff.call('POST', path())).body);
  const after = (await assigned()).document;
  expect(after.version).toBe(before.version + 1);
  expect(after.pin?.hash).not.toBe(before.pin?.hash);
  const rows = await server.context.db.selectFrom('audit').selectAll().where('what', '=', 'screen.pin').execute();
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain(pin);
});

it('is for administrators of its unit', async () => {
  const editor = await signedInPerson(server, 'editor');
  expect((await editor.call('GET', path())).status).toBe(403);
});
