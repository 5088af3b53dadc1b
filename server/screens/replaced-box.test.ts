// A broken box gives its place to a new one: the screen stays who it is, with its number and all that it has shown.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playViewSchema } from '../../core/play-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { giveSecondFactors } from '../testing/test-people.ts';
import { batch, chainOf, connect, newBox, type Box } from '../testing/test-player.ts';
import { signIn, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.end());

it('keeps number, place and plays, goes on with those of the new box, and the old one is nobody any more', async () => {
  const staff = await signIn(server);
  await giveSecondFactors(server);
  const screens = async () => screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const before = (await screens()).find(({ channel }) => channel === 'reception');
  if (!before) throw new Error('the trial has no screen in the reception');
  const handIn = async (box: Box) => {
    const url = '/player/plays';
    const payload = batch(box, before.id, randomUUID(), chainOf(2, 'c'.repeat(64), server.clock.now));
    return (await server.app.inject({ method: 'POST', url, payload })).statusCode;
  };
  const plays = async () => playViewSchema.array().parse((await staff.call('GET', `/api/screens/${before.id}/plays`)).body);

  const old = connect(server.url, newBox(), { enrol: server.enrol.reception ?? '' });
  await old.prove();
  expect(await old.next('welcome')).toMatchObject({ screen: before.id, number: before.number });
  expect(await handIn(old.box)).toBe(200);
  old.close();

  const fresh = connect(server.url);
  await fresh.prove();
  const { code } = await fresh.next('pairing');
  expect((await staff.call('POST', '/api/screens/pair', { code, screen: before.id })).status).toBe(200);
  expect(await fresh.next('welcome')).toMatchObject({ screen: before.id, number: before.number });
  expect(await handIn(fresh.box)).toBe(200);
  expect(await plays()).toHaveLength(4);
  const after = (await screens()).find(({ id }) => id === before.id);
  const { number, name, place, channel, profile } = before;
  expect(after).toMatchObject({ number, name, place, channel, profile, plays: 4, connected: true });

  expect(await handIn(old.box)).toBe(422);
  const again = connect(server.url, old.box);
  await again.prove();
  await again.next('pairing');
  expect(await plays()).toHaveLength(4);
  for (const player of [again, fresh]) player.close();
});
