// Pictures of the screen, and the people in front of it: none is taken while somebody uses a kiosk.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCaptures, type Captures } from './captures.ts';
import { newPrivateKey, signingKey } from './ed25519.ts';
import { useMs, watchUse } from './screen-use.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

const quarterMs = 15 * 60_000;
let server: SmallServer;
let captures: Captures | undefined;
beforeEach(async () => {
  server = await startSmallServer();
});
afterEach(async () => {
  captures?.stop();
  await server.stop();
});

function start(onCapture = () => {}) {
  const clock = fakeClock(1_732_000_000_000);
  const use = watchUse(clock);
  let taken = 0;
  captures = startCaptures({
    async capture() {
      taken += 1;
      onCapture();
      return new Uint8Array([0xff, 0xd8, 0xff]);
    },
    ...{ key: signingKey(newPrivateKey()), freeInMs: use.freeInMs, now: clock.now, clock, log: silentLog },
    target: () => ({ server: server.url, screen: server.screen }),
  });
  return { clock, use, captures, taken: () => taken };
}
const received = (count: number) => until(() => expect(server.captures).toHaveLength(count));

test('the picture of the quarter hour waits until a minute after the last touch, and is then taken once', async () => {
  const { clock, use, taken } = start();
  clock.pass(quarterMs - 10_000);
  use.hear({ type: 'touched' });
  clock.pass(30_000);
  use.hear({ type: 'touched' });
  clock.pass(useMs - 1);
  expect(taken()).toBe(0);
  clock.pass(1);
  await received(1);
  expect(taken()).toBe(1);
});

test('one that staff ask for waits as well, and answers them afterwards', async () => {
  const { clock, use, captures: all, taken } = start();
  use.hear({ type: 'technician', pin: '000000', wish: 'diagnosis' });
  all.take('0198f6a2-6a57-7a4e-9a41-3d1a8a7b2c11');
  expect(taken()).toBe(0);
  clock.pass(useMs);
  await received(1);
  const envelope = JSON.parse(Buffer.from(server.captures[0]?.header ?? '', 'base64url').toString()) as { payload: string };
  expect(JSON.parse(envelope.payload)).toMatchObject({ request: '0198f6a2-6a57-7a4e-9a41-3d1a8a7b2c11', takenAt: clock.now() });
});

test('a picture during which somebody touches the screen never leaves the box', async () => {
  let touch = () => {};
  const { clock, use, captures: all, taken } = start(() => touch());
  touch = () => use.hear({ type: 'touched' });
  all.take();
  await until(() => expect(taken()).toBe(1));
  touch = () => {};
  await new Promise(setImmediate);
  expect(server.captures).toHaveLength(0);
  clock.pass(useMs);
  await received(1);
  expect(taken()).toBe(2);
});

test('what is on otherwise is taken at once', async () => {
  const { captures: all } = start();
  all.take();
  await received(1);
});
