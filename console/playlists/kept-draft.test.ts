import { describe, expect, it } from 'vitest';
import type { SentItem } from '../../core/playlist-draft.ts';
import { draftKeeper, type Kept } from './kept-draft.ts';

const item: SentItem = { id: 'a', name: 'Tin', scene: 'message', props: { heading: { vi: '' } }, seconds: 10, weight: 1, windows: [], enabled: true };
const kept: Kept = { revision: 4, name: 'Phòng tiếp dân', base: [], items: [item], removed: [{ item, index: 0 }] };

function memory() {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}

describe('what is not saved yet', () => {
  it('is there again, half-written texts included, until it is forgotten', () => {
    const storage = memory();
    draftKeeper(() => storage, 'lan', 'street').write(kept);
    const again = draftKeeper(() => storage, 'lan', 'street');
    expect(again.read()).toEqual(kept);
    again.forget();
    expect(again.read()).toBeUndefined();
  });

  it('is of one person and one playlist', () => {
    const storage = memory();
    draftKeeper(() => storage, 'lan', 'street').write(kept);
    expect(draftKeeper(() => storage, 'hoa', 'street').read()).toBeUndefined();
    expect(draftKeeper(() => storage, 'lan', 'kiosk').read()).toBeUndefined();
  });

  it('is nothing where the browser keeps nothing, or keeps nonsense', () => {
    const forbidden = () => {
      throw new Error('denied');
    };
    const keeper = draftKeeper(forbidden, 'lan', 'street');
    keeper.write(kept);
    keeper.forget();
    expect(keeper.read()).toBeUndefined();
    for (const text of ['', '{', '{"revision":1}']) expect(draftKeeper(() => ({ ...memory(), getItem: () => text }), 'lan', 'street').read()).toBeUndefined();
  });
});
