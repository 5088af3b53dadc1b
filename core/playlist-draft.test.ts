import { describe, expect, it } from 'vitest';
import { problemsOfItem } from './playlist-draft.ts';

const countdown = { id: 'con-lai', name: 'Còn lại', scene: 'countdown', seconds: 10, props: { heading: { vi: 'Còn' } } };

describe('what keeps an item from being saved', () => {
  it('is nothing when all that has to be there is there', () => {
    expect(problemsOfItem(countdown)).toEqual([]);
    expect(problemsOfItem({ id: 'gio', name: 'Giờ', scene: 'clock', seconds: 10 })).toEqual([]);
  });

  it('is named by its path within the item, in both languages', () => {
    expect(problemsOfItem({ ...countdown, seconds: 0, props: { heading: { vi: '' } } })).toEqual([
      { path: 'seconds', reason: { vi: 'ít nhất 1', en: 'at least 1' } },
      { path: 'props.heading.vi', reason: { vi: 'chưa nhập', en: 'nothing is written here' } },
    ]);
  });

  it('are hours that can never come', () => {
    const windows = [{ days: [] }, { startDate: '2024-12-02', endDate: '2024-12-01' }];
    expect(problemsOfItem({ ...countdown, windows }).map(({ path }) => path)).toEqual(['windows[0].days', 'windows[1].endDate']);
  });

  it('is any text of spaces, however deep it stands', () => {
    const pages = [{ heading: { vi: 'Một' } }, { heading: { vi: 'Hai' }, body: { vi: '  ' } }];
    const story = { ...countdown, scene: 'story', props: { kicker: { vi: 'Việc làm được' }, pages } };
    expect(problemsOfItem(story).map(({ path }) => path)).toEqual(['props.pages[1].body.vi']);
  });
});
