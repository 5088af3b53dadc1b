import { expect, it } from 'vitest';
import type { MediaEntry } from '../../core/media-api.ts';
import { hindrance, localDay, matching } from './library-filter.ts';

const entry = (name: string, facts: Partial<MediaEntry> = {}): MediaEntry => ({
  ...{ sha256: 'a'.repeat(64), kind: 'picture', type: 'image/png', bytes: 1, width: 1, height: 1, seconds: null, poster: null, thumbnail: 'b'.repeat(64) },
  ...{ name, alt: null, by: 'Lan', unit: null, createdAt: 0, expiresOn: null, uses: [], mayChange: true, ...facts },
});

it('finds by name and words, whatever the marks', () => {
  const all = [entry('Cầu Long Biên'), entry('IMG 1', { alt: { vi: 'Tháp Rùa' } }), entry('Phim', { kind: 'video' })];
  expect(matching(all, 'long bien').map(({ name }) => name)).toEqual(['Cầu Long Biên']);
  expect(matching(all, 'RUA').map(({ name }) => name)).toEqual(['IMG 1']);
  expect(matching(all, '', 'video').map(({ name }) => name)).toEqual(['Phim']);
});

it('lets nothing be chosen that has no words or is past its last day in Hà Nội', () => {
  const alt = { vi: 'Cầu' };
  expect(hindrance({ alt: null, expiresOn: null }, '2026-11-25')).toBe('needsAlt');
  expect(hindrance({ alt, expiresOn: '2026-11-24' }, '2026-11-25')).toBe('expired');
  expect(hindrance({ alt, expiresOn: '2026-11-25' }, '2026-11-25')).toBeUndefined();
  expect(localDay(Date.parse('2026-11-24T17:00:00Z'))).toBe('2026-11-25');
});
