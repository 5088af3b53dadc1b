import { expect, test } from 'vitest';
import { watchPicture } from './picture-watch.ts';
import { fakeClock } from './testing/fake-clock.ts';

function start() {
  const clock = fakeClock(0);
  let picture: string | undefined;
  let frozen = 0;
  const watch = watchPicture({ look: () => Promise.resolve(picture), onFrozen: () => (frozen += 1), clock });
  return {
    watch,
    frozen: () => frozen,
    async show(mark: string, seen: string | undefined) {
      picture = seen;
      watch.shown(mark);
      clock.pass(500);
      await Promise.resolve();
      await Promise.resolve();
      clock.pass(1_500);
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
  const watch = watchPicture({ look: () => new Promise((resolve) => looks.push(resolve)), onFrozen: () => (frozen += 1), clock });
  const come = async (picture: string) => {
    looks.shift()?.(picture);
    await Promise.resolve();
    await Promise.resolve();
  };
  watch.shown('a');
  clock.pass(2_000);
  // Asked for while a stood, taken when b did.
  watch.shown('b');
  await come('b');
  clock.pass(1_900);
  await come('b');
  expect(frozen).toBe(0);
  // As late, but the page told of c only after the picture of it had come.
  watch.shown('c');
  clock.pass(1_900);
  await come('d');
  watch.shown('d');
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
