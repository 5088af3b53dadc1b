// A technician in front of a running player: the right PIN opens what the box knows of itself, wrong ones lock the pad for a while.
import { randomBytes, scryptSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pinCost, type TechnicianAnswer } from '../core/technician.ts';
import { lockedMs, mostTries, openTechnician } from './technician.ts';
import { openBench, openPage, silentLog, type Bench } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

function proofOf(digits: string) {
  const salt = randomBytes(16);
  const { bytes, ...cost } = pinCost;
  return { salt: salt.toString('base64url'), hash: scryptSync(digits, salt, bytes, cost).toString('base64url') };
}

let bench: Bench;
let server: SmallServer;
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

test('sees the box’s own report and the test card with the screen’s PIN, and nothing without it', async () => {
  server.publish(sampleManifest([messageItem('a')]));
  server.assign({ pin: proofOf('314159') });
  const player = await bench.start({ enrol: server.token });
  const page = openPage(player);
  await until(() => expect(page.plan?.screen.number).toBe(7));
  page.showNow();
  page.say({ type: 'technician', pin: '000000', wish: 'diagnosis' });
  await until(() => expect(page.technician.at(-1)).toEqual({ result: 'wrong', triesLeft: mostTries - 1 }));
  page.say({ type: 'technician', pin: '314159', wish: 'diagnosis' });
  await until(() =>
    expect(page.technician.at(-1)).toMatchObject({
      result: 'diagnosis',
      diagnosis: { number: 7, server: expect.stringContaining('http'), health: { state: 'playing', clock: { trusted: true } } },
    }),
  );
  page.say({ type: 'technician', pin: '314159', wish: 'test-card' });
  await until(() => expect(page.technician.at(-1)).toEqual({ result: 'done' }));
  expect(page.cover?.state).toBe('test');
});

test('is told that the screen has no PIN, whatever is typed', async () => {
  const player = await bench.start();
  const page = openPage(player);
  page.say({ type: 'technician', pin: '000000', wish: 'diagnosis' });
  await until(() => expect(page.technician).toEqual([{ result: 'no-pin' }]));
});

test('after five wrong PINs nobody gets in for ten minutes, not even with the right one', async () => {
  const clock = fakeClock(1_000);
  const said: TechnicianAnswer[] = [];
  const proof = proofOf('271828');
  const technician = openTechnician({
    ...{ clock, log: silentLog, pin: () => proof, testCard: () => undefined },
    diagnosis: () => {
      throw new Error('nobody asked for one');
    },
    say: (message) => void (message.type === 'technician' && said.push(message.answer)),
  });
  const type = async (pin: string) => {
    const before = said.length;
    technician.hear({ type: 'technician', pin, wish: 'test-card' });
    await until(() => expect(said.length).toBe(before + 1));
    return said.at(-1);
  };
  for (let left = mostTries - 1; left > 0; left--) expect(await type('111111')).toEqual({ result: 'wrong', triesLeft: left });
  expect(await type('111111')).toEqual({ result: 'wait', seconds: lockedMs / 1_000 });
  expect(await type('271828')).toEqual({ result: 'wait', seconds: lockedMs / 1_000 });
  clock.pass(lockedMs);
  expect(await type('271828')).toEqual({ result: 'done' });
});
