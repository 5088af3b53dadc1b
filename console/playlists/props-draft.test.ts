import { expect, it } from 'vitest';
import { listAt, textAt, withProp, withText } from './props-draft.ts';

const story = { kicker: { vi: 'Việc' }, pages: [{ heading: { vi: 'Một', en: 'One' } }, { heading: { vi: 'Hai' } }] };

it('reads a text at its path, empty where nothing is written', () => {
  expect(textAt(story, ['pages', 0, 'heading'])).toEqual({ vi: 'Một', en: 'One' });
  expect(textAt(story, ['pages', 7, 'heading'])).toEqual({ vi: '', en: '' });
  expect(textAt({ heading: 5 }, ['heading'])).toEqual({ vi: '', en: '' });
});

it('writes one part and leaves every other as it is', () => {
  const written = withText(story, ['pages', 1, 'body'], { vi: 'Gửi ảnh'.normalize('NFD'), en: '' }, true);
  expect(written).toEqual({ ...story, pages: [story.pages[0], { heading: { vi: 'Hai' }, body: { vi: 'Gửi ảnh' } }] });
  expect(withText(written, ['pages', 1, 'body'], { vi: '', en: '' }, true)).toEqual(story);
});

it('keeps a text that has to be there, empty, so that its field says so', () => {
  expect(withText({ heading: { vi: 'Tin', en: 'News' } }, ['heading'], { vi: '', en: '' }, false)).toEqual({ heading: { vi: '' } });
});

it('adds and takes away entries of a list', () => {
  expect(listAt(withProp(story, ['pages', 2], { heading: { vi: 'Ba' } }), ['pages'])).toHaveLength(3);
  expect(listAt(withProp(story, ['pages', 0], undefined), ['pages'])).toEqual([story.pages[1]]);
});
