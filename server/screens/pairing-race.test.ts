// Clerks who pair at the same time: a code binds one box to one screen, a screen ends with one box, and everybody is told what is.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenViewSchema } from '../../core/screen-api.ts';
import { transact } from '../database/open-database.ts';
import { onPostgres } from '../testing/test-database.ts';
import { giveSecondFactors } from '../testing/test-people.ts';
import { connect, newBox, type TestPlayer } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { bindKey } from './screen-store.ts';

let server: TestServer;
let staff: Staff;

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  await giveSecondFactors(server);
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
async function newScreen(name: string): Promise<string> {
  const profile = (await screens()).find(({ channel }) => channel === 'reception')?.profile;
  return screenViewSchema.parse((await staff.call('POST', '/api/screens', { name, channel: 'reception', profile })).body).id;
}
async function waitingBox(): Promise<{ player: TestPlayer; code: string }> {
  const player = connect(server.url);
  await player.prove();
  return { player, code: (await player.next('pairing')).code };
}
const pair = (code: string, screen: string) => staff.call('POST', '/api/screens/pair', { code, screen });
const boxOf = async (id: string) =>
  (await server.context.db.selectFrom('screens').select('public_key').where('id', '=', id).executeTakeFirstOrThrow()).public_key;

it('one code typed for six screens at once binds the box to one of them, and the other clerks are told', async () => {
  const wanted: string[] = [];
  for (let room = 1; room <= 6; room++) wanted.push(await newScreen(`Phòng ${room}`));
  const { player, code } = await waitingBox();
  const answers = await Promise.all(wanted.map((id) => pair(code, id)));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, ...Array<number>(5).fill(404)]);
  const bound = wanted.find((_, index) => answers[index]?.status === 200) ?? '';
  expect((await player.next('welcome')).screen).toBe(bound);
  expect(await Promise.all(wanted.map(boxOf))).toEqual(wanted.map((id) => (id === bound ? player.box.publicKey : null)));
  const rows = await server.context.db.selectFrom('audit').select('subject').where('what', '=', 'screen.pair').where('subject', 'in', wanted).execute();
  expect(rows).toEqual([{ subject: bound }]);
  player.close();
});

it('two boxes for one screen at once: it ends with one, which stays connected, and the other shows a code again', async () => {
  const id = await newScreen('Sảnh');
  const boxes = [await waitingBox(), await waitingBox()];
  const answers = await Promise.all(boxes.map(({ code }) => pair(code, id)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const kept = await boxOf(id);
  const winner = boxes.find(({ player }) => player.box.publicKey === kept)?.player;
  const loser = boxes.find(({ player }) => player.box.publicKey !== kept)?.player;
  if (!winner || !loser) throw new Error('no box, or both, were bound');
  expect((await winner.next('welcome')).screen).toBe(id);
  await loser.disconnected();
  const again = connect(server.url, loser.box);
  await again.prove();
  await again.next('pairing');
  expect([winner.socket.connected, (await screens()).find((screen) => screen.id === id)?.connected]).toEqual([true, true]);
  again.close();
  winner.close();
});

const reason = onPostgres ? ' (queries wait for each other in order on SQLite alone)' : '';
it.skipIf(onPostgres)(`a box whose screen goes to another while it proves its key is told nothing of it, and shows a code again${reason}`, async () => {
  const { db, now } = server.context;
  const id = await newScreen('Hành lang');
  const [old, next] = [newBox(), newBox()];
  await transact(db, (trx) => bindKey(trx, id, old.publicKey, now()));
  let letGo = () => {};
  const holding = transact(db, () => new Promise<void>((resolve) => (letGo = resolve)));
  const player = connect(server.url, old);
  await player.prove();
  const later = connect(server.url);
  await later.next('challenge');
  // Answered once the proof was taken: which screen the box has is then asked for, before it has another.
  player.socket.emit('time', { nonce: randomBytes(32).toString('base64url') });
  await player.next('time');
  const given = transact(db, (trx) => bindKey(trx, id, next.publicKey, now()));
  letGo();
  await Promise.all([holding, given, player.disconnected()]);
  expect(player.names()).toEqual([]);

  const [again, winner] = [connect(server.url, old), connect(server.url, next)];
  await Promise.all([again.prove(), winner.prove()]);
  await again.next('pairing');
  expect((await winner.next('welcome')).screen).toBe(id);
  for (const each of [later, again, winner]) each.close();
});
