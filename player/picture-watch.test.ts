import { expect, test } from 'vitest';
import { watchPicture } from './picture-watch.ts';
import { fakeClock, type FakeClock } from './testing/fake-clock.ts';

const turnMs = 3_000;

/** Time goes by in small steps, and whatever waits for it goes on. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    clock.pass(Math.min(100, left));
    for (let step = 0; step < 10; step += 1) await Promise.resolve();
  }
}

function start() {
  const clock = fakeClock(0);
  let picture: string | undefined;
  let shade = '';
  /** What the glass shows whatever the page draws. */
  let stuck: string | undefined;
  let drawsSpeck = true;
  let frozen = 0;
  const asked: number[] = [];
  const watch = watchPicture({
    look: () => Promise.resolve(picture && (stuck ?? picture + shade)),
    drawSpeck(next) {
      asked.push(clock.monoMs());
      if (drawsSpeck) shade = next;
      return Promise.resolve(true);
    },
    onFrozen: () => (frozen += 1),
    clock,
  });
  return {
    watch,
    asked,
    pass: (ms: number) => pass(clock, ms),
    frozen: () => frozen,
    freeze: (as: string | undefined) => (stuck = as),
    hideSpeck: () => (drawsSpeck = false),
    /** A turn so short that no speck is asked for. */
    async show(mark: string, seen: string | undefined, ms = turnMs) {
      picture = seen;
      watch.shown(mark, ms);
      await pass(clock, ms);
    },
  };
}

test('notices at the first swap that the picture stays the same though another content is said to be shown', async () => {
  const { show, frozen } = start();
  await show('a', 'one');
  await show('b', 'two');
  expect(frozen()).toBe(0);
  await show('c', 'two');
  expect(frozen()).toBe(1);
});

test('the same content twice may look the same, and a window without a picture proves nothing', async () => {
  const { show, frozen } = start();
  await show('a', 'one');
  await show('a', 'one');
  await show('b', undefined);
  await show('b', 'two');
  expect(frozen()).toBe(0);
});

test('two contents that look alike cost one fresh page, not one each round', async () => {
  const { watch, show, frozen } = start();
  for (let round = 0; round < 5; round += 1) {
    await show('a', 'same');
    await show('b', 'same');
    if (frozen() === 1 && round === 0) watch.opened();
  }
  expect(frozen()).toBe(1);
});

test('a picture that is ready only when the next content stands may be of that one, and proves nothing', async () => {
  const clock = fakeClock(0);
  const looks: ((picture: string) => void)[] = [];
  let frozen = 0;
  const watch = watchPicture({
    look: () => new Promise((resolve) => looks.push(resolve)),
    drawSpeck: () => Promise.resolve(true),
    onFrozen: () => (frozen += 1),
    clock,
  });
  const come = async (picture: string) => {
    looks.shift()?.(picture);
    await Promise.resolve();
    await Promise.resolve();
  };
  watch.shown('a', turnMs);
  clock.pass(2_000);
  // Asked for while a stood, taken when b did.
  watch.shown('b', turnMs);
  await come('b');
  clock.pass(1_900);
  await come('b');
  expect(frozen).toBe(0);
  // As late, but the page told of c only after the picture of it had come.
  watch.shown('c', turnMs);
  clock.pass(1_900);
  await come('d');
  watch.shown('d', turnMs);
  clock.pass(1_000);
  await come('d');
  expect(frozen).toBe(0);
});

test('a window that stays frozen over a fresh page is told of again at the next pair', async () => {
  const { watch, show, frozen } = start();
  for (const mark of ['a', 'b']) await show(mark, 'stuck');
  watch.opened();
  for (const mark of ['b', 'c', 'a']) await show(mark, 'stuck');
  expect(frozen()).toBe(3);
});

test('asks a long still for its speck, and not shortly before the next content', async () => {
  const { show, asked, frozen } = start();
  await show('a', 'still', 12_000);
  expect(asked).toEqual([2_900, 5_400, 7_900, 10_400]);
  expect(frozen()).toBe(0);
});

test('goes on asking when the next content does not come', async () => {
  const { show, asked, pass: wait } = start();
  await show('a', 'still', 5_000);
  expect(asked).toEqual([2_900]);
  await wait(6_000);
  expect(asked).toEqual([2_900, 7_500, 10_000]);
});

test('notices within ten seconds, at whatever instant, that a still no longer shows its speck', async () => {
  for (let at = 3_500; at < 9_000; at += 100) {
    const { watch, show, pass: wait, freeze, frozen } = start();
    await show('a', 'still', 4_000);
    watch.shown('a', 60_000);
    await wait(at);
    freeze('frozen');
    await wait(10_000);
    expect(frozen(), String(at)).toBe(1);
  }
});

test.each([4_000, 5_000, 6_100, 8_000])('notices within ten seconds in turns of %i ms that all look alike', async (ms) => {
  for (let at = 0; at < ms; at += 200) {
    const { watch, show, pass: wait, freeze, frozen } = start();
    for (let turn = 0; turn < 3; turn += 1) await show('a', 'still', ms);
    watch.shown('a', ms);
    await wait(at);
    freeze('frozen');
    await wait(ms - at);
    for (let since = ms - at; since < 10_000; since += ms) {
      watch.shown('a', ms);
      await wait(Math.min(ms, 10_000 - since));
    }
    expect(frozen(), String(at)).toBe(1);
  }
});

test('watches what lies over the programme too, and leaves a dark screen dark', async () => {
  const { watch, show, pass: wait, asked, freeze, frozen } = start();
  await show('a', 'still', 4_000);
  watch.covered();
  await wait(8_000);
  freeze('frozen');
  await wait(10_000);
  expect(frozen()).toBe(1);
  watch.opened();
  const before = asked.length;
  await wait(60_000);
  expect(asked).toHaveLength(before);
});

test('believes no speck that was never seen, and after a fresh page only one that is seen again', async () => {
  const hidden = start();
  hidden.hideSpeck();
  await hidden.show('a', 'still', 60_000);
  expect(hidden.frozen()).toBe(0);

  const { watch, show, pass: wait, freeze, frozen } = start();
  await show('a', 'still', 60_000);
  watch.shown('a', 600_000);
  freeze('frozen');
  await wait(10_000);
  expect(frozen()).toBe(1);
  watch.opened();
  watch.shown('a', 600_000);
  await wait(60_000);
  expect(frozen()).toBe(1);
  freeze(undefined);
  await wait(10_000);
  freeze('again');
  await wait(10_000);
  expect(frozen()).toBe(2);
});

test('looks a second time before it calls a picture frozen', async () => {
  const { watch, show, pass: wait, freeze, frozen } = start();
  await show('a', 'still', 4_000);
  watch.shown('a', 60_000);
  await wait(5_000);
  freeze('late');
  // One look that shows the same as the one before, and then the new speck.
  await wait(3_500);
  freeze(undefined);
  await wait(20_000);
  expect(frozen()).toBe(0);
});
