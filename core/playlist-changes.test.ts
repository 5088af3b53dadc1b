import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, changesToPublish, toldChange, type Named } from './playlist-changes.ts';

const list = (text: string): Named[] =>
  Array.from(text, (letter) => ({ id: letter.toLowerCase(), name: letter.toUpperCase(), enabled: letter === letter.toUpperCase() }));
const words = (before: string, after: string) => changesBetween(list(before), list(after)).map((change) => toldChange(change).words.vi);

describe('changes of an arrangement', () => {
  it('are none when nothing changed', () => {
    expect(words('ABc', 'ABc')).toEqual([]);
  });

  it('name only the item that moved, not those that made way', () => {
    expect(words('ABCDE', 'BCDEA')).toEqual(['“A”: từ vị trí 1 sang 5']);
    expect(words('ABCDE', 'EABCD')).toEqual(['“E”: từ vị trí 5 sang 1']);
  });

  it('name switches with the place where an item comes on', () => {
    expect(words('ABC', 'AbC')).toEqual(['“B”: tắt']);
    expect(words('AbC', 'ABC')).toEqual(['“B”: bật, vị trí 2']);
  });

  it('prefer to call those moved that stand elsewhere', () => {
    expect(words('ABCDEF', 'CBDEAF')).toEqual(['“C”: từ vị trí 3 sang 1', '“A”: từ vị trí 1 sang 5']);
  });

  it('name what came and what is gone', () => {
    expect(words('AB', 'BX')).toEqual(['“X”: mục mới, vị trí 2', '“A”: không còn']);
  });

  it('are never none for another order, and never name a move to the same place', () => {
    const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    fc.assert(
      fc.property(fc.shuffledSubarray(letters, { minLength: letters.length }), (shuffled) => {
        const changes = changesBetween(list(letters.join('')), list(shuffled.join('')));
        expect(changes.length === 0).toBe(shuffled.join('') === letters.join(''));
        for (const change of changes) {
          expect(change.kind).toBe('moved');
          if (change.kind !== 'moved') continue;
          expect(change.from).toBe(letters.indexOf(change.name) + 1);
          expect(change.to).toBe(shuffled.indexOf(change.name) + 1);
          expect(change.from).not.toBe(change.to);
        }
      }),
    );
  });
});

describe('changes of a publish', () => {
  const item = (id: string, more: object = {}) => ({
    id,
    number: 1,
    name: id.toUpperCase(),
    scene: 'message',
    props: { title: 'x', note: 'y' },
    seconds: 10,
    weight: 1,
    windows: [],
    ...more,
  });
  const draft = (id: string, more: object = {}) => ({ ...item(id), enabled: true, ...more });
  const publish = (playing: ReturnType<typeof item>[], drafted: ReturnType<typeof draft>[]) =>
    changesToPublish(playing, drafted).map((change) => toldChange(change).words.vi);

  it('are none when the screens hold just what is on', () => {
    expect(publish([item('a'), item('b')], [draft('a'), draft('off', { enabled: false }), draft('b')])).toEqual([]);
  });

  it('say what goes off and what comes on', () => {
    expect(publish([item('a'), item('b')], [draft('a'), draft('b', { enabled: false }), draft('c')])).toEqual(['“C”: bật, vị trí 2', '“B”: tắt']);
  });

  it('tell a deleted item from one that was switched off', () => {
    expect(publish([item('a'), item('b')], [draft('a')])).toEqual(['“B”: không còn']);
  });

  it('say that timing or content differ, whatever the order of the keys', () => {
    expect(publish([item('a')], [draft('a', { seconds: 12 })])).toEqual(['“A”: đổi thời lượng, lượt hoặc giờ chiếu']);
    expect(publish([item('a')], [draft('a', { props: { title: 'z', note: 'y' } })])).toEqual(['“A”: đổi nội dung']);
    expect(publish([item('a')], [draft('a', { props: { note: 'y', title: 'x' } })])).toEqual([]);
  });

  it('name what was before and what is after, and all that a new item says, in both languages', () => {
    const details = (playing: ReturnType<typeof item>[], drafted: ReturnType<typeof draft>[]) =>
      changesToPublish(playing, drafted).flatMap((change) => toldChange(change).details);
    const hours = [{ days: [6 as const, 7 as const], from: '22:00', until: '02:00', endDate: '2024-11-30' }];
    expect(details([item('a')], [draft('a', { seconds: 12, windows: hours })])).toEqual([
      { vi: 'số giây: 10 → 12', en: 'seconds: 10 → 12' },
      {
        vi: 'lịch chiếu: mọi lúc → thứ Bảy, Chủ nhật 22:00–02:00 hôm sau đến hết 30/11/2024',
        en: 'hours: always → Sat, Sun 22:00–02:00 the next day to 30/11/2024',
      },
    ]);
    const [sum, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const [old, now] = [
      { heading: { vi: 'Cũ' }, media: sum },
      { heading: { vi: 'Mới', en: 'New' }, media: other },
    ];
    expect(details([item('a', { props: old })], [draft('a', { props: now })]).map(({ vi }) => vi)).toEqual([
      'tiêu đề (tiếng Việt): “Cũ” → “Mới”',
      'tệp: aaaaaaaaaaaa → bbbbbbbbbbbb',
      'tiêu đề (tiếng Anh): không có → “New”',
    ]);
    expect(details([], [draft('a')]).map(({ en }) => en)).toEqual(['message, 10 s, always', 'note: “y”', 'title: “x”']);
  });
});
