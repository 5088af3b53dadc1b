import { expect, it } from 'vitest';
import type { MediaEntry } from '../../core/media-api.ts';
import { foldersOf, hindrance, localDay, matching } from './library-filter.ts';

const entry = (name: string, facts: Partial<MediaEntry> = {}): MediaEntry => ({
  ...{ sha256: 'a'.repeat(64), kind: 'picture', type: 'image/png', bytes: 1, width: 1, height: 1, seconds: null, poster: null, thumbnail: 'b'.repeat(64) },
  ...{ name, folder: '', alt: null, by: 'Lan', unit: null, createdAt: 0, expiresOn: null, uses: [], mayChange: true, ...facts },
});

it('finds by name and words, whatever the marks', () => {
  const all = [entry('Cầu Long Biên'), entry('IMG 1', { alt: { vi: 'Tháp Rùa' } }), entry('Phim', { kind: 'video' })];
  expect(matching(all, 'long bien').map(({ name }) => name)).toEqual(['Cầu Long Biên']);
  expect(matching(all, 'RUA').map(({ name }) => name)).toEqual(['IMG 1']);
  expect(matching(all, '', 'video').map(({ name }) => name)).toEqual(['Phim']);
});

it('finds in a folder and below it, and lists the folders above too', () => {
  const all = [entry('Đào', { folder: 'Tết/2025' }), entry('Mai', { folder: 'Tết' }), entry('Cầu'), entry('Áo', { folder: 'Tết lịch' })];
  expect(foldersOf(all)).toEqual(['Tết', 'Tết lịch', 'Tết/2025']);
  expect(matching(all, '', undefined, 'Tết').map(({ name }) => name)).toEqual(['Đào', 'Mai']);
  expect(matching(all, '', undefined, 'Tết/2025').map(({ name }) => name)).toEqual(['Đào']);
  expect(matching(all, '', undefined, '')).toHaveLength(4);
});

it('lets nothing be chosen that has no words or is past its last day in Hà Nội', () => {
  const alt = { vi: 'Cầu' };
  expect(hindrance({ alt: null, expiresOn: null }, '2026-11-25')).toBe('needsAlt');
  expect(hindrance({ alt, expiresOn: '2026-11-24' }, '2026-11-25')).toBe('expired');
  expect(hindrance({ alt, expiresOn: '2026-11-25' }, '2026-11-25')).toBeUndefined();
  expect(localDay(Date.parse('2026-11-24T17:00:00Z'))).toBe('2026-11-25');
});
