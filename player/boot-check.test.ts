import { expect, test } from 'vitest';
import { checkAfterStart, mediaInOrder } from './boot-check.ts';
import { compileContent } from './content.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { messageItem, pictureItem, sampleManifest } from './testing/samples.ts';

const hashes = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const files = hashes.map((sha256) => ({ sha256, bytes: 1, type: 'image/png' }));
const at = Date.UTC(2026, 10, 20, 5);

/** A campaign of pictures whose files take as long to verify as a test likes. */
function begin() {
  const items = [...hashes.map((hash, index) => pictureItem(`picture-${index}`, hash)), messageItem('words')];
  const manifest = sampleManifest(items, { files });
  const content = compileContent('f'.repeat(64), manifest);
  const clock = fakeClock(at);
  const verifying = new Map<string, (isSound: boolean) => void>();
  const asked: string[] = [];
  let changes = 0;
  const verify = ({ sha256 }: { sha256: string }) => {
    asked.push(sha256);
    return new Promise<boolean>((resolve) => verifying.set(sha256, resolve));
  };
  const check = checkAfterStart({ files: { verify }, manifest: { manifest, content }, now: clock.now, clock, changed: () => (changes += 1) });
  return { check, clock, asked, order: mediaInOrder(content, at), verified: (hash: string) => verifying.get(hash)?.(true), changes: () => changes };
}

const state = async (promise: Promise<unknown>) => {
  let isOver = false;
  void promise.then(() => (isOver = true));
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return isOver;
};

test('verifies what the next turns need first', () => {
  const { asked, order } = begin();
  expect(order.toSorted()).toEqual(hashes);
  expect(asked).toEqual(order);
});

test('waits for the files of the picture of now, and for those only', async () => {
  const { check, order, verified } = begin();
  expect(await state(check.firstPicture)).toBe(false);
  verified(order[0] ?? '');
  expect(await state(check.firstPicture)).toBe(true);
  expect(await state(check.done)).toBe(false);
});

test('does not hold up the first picture for a large file, and shows what is verified meanwhile', async () => {
  const { check, clock, order, verified, changes } = begin();
  clock.pass(1_500);
  expect(await state(check.firstPicture)).toBe(true);
  verified(order[1] ?? '');
  await state(check.firstPicture);
  expect(changes()).toBe(1);
  for (const hash of order) verified(hash);
  expect(await state(check.done)).toBe(true);
  expect(changes()).toBe(2);
});
