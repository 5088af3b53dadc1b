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
      clock.pass(1_000);
      await Promise.resolve();
      await Promise.resolve();
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

test('a window that stays frozen over a fresh page is told of again at the next pair', async () => {
  const { watch, show, frozen } = start();
  for (const mark of ['a', 'b']) await show(mark, 'stuck');
  watch.opened();
  for (const mark of ['b', 'c', 'a']) await show(mark, 'stuck');
  expect(frozen()).toBe(3);
});
