import { expect, it } from 'vitest';
import { newItem } from './new-item.ts';
import { takeChoice } from './take-choice.ts';

const alt = { vi: 'Hồ Gươm buổi sáng' };
const picture = { sha256: 'a'.repeat(64), alt, poster: null, seconds: null };
const video = { sha256: 'b'.repeat(64), alt, poster: 'c'.repeat(64), seconds: 14.2 };

it('a picture brings its description along, unless somebody has written one', () => {
  const empty = newItem('picture', 'anh', 'Ảnh');
  expect(takeChoice(empty, ['media'], picture).props).toMatchObject({ media: picture.sha256, alt });
  const written = { ...empty, props: { ...empty.props, alt: { vi: 'Của tôi' } } };
  expect(takeChoice(written, ['media'], picture).props['alt']).toEqual({ vi: 'Của tôi' });
});

it('a video brings its still and its length along; another still can be chosen after it', () => {
  const chosen = takeChoice(newItem('video', 'phim', 'Phim'), ['media'], video);
  expect(chosen).toMatchObject({ seconds: 15, props: { media: video.sha256, poster: video.poster, alt } });
  const other = takeChoice(chosen, ['poster'], picture);
  expect(other).toEqual({ ...chosen, props: { ...chosen.props, poster: picture.sha256 } });
});
