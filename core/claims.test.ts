import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimsOf, isClaim, namesHelpline } from './claims.ts';
import { authoredPlaylistSchema } from './playlist.ts';

const campaign = { plan: '311/KH-UBND', helpline: { number: '1022', branch: '8', confirmed: true } };

describe('a sentence', () => {
  it.each([
    'Đã có 1.633.840 tài khoản',
    'Giải quyết 84,3% phản ánh',
    'Ứng dụng tốt nhất Thủ đô',
    'Hà Nội dẫn đầu, đứng hàng đầu cả nước',
    'The best app of the city',
    'Gọi 1022, nhánh 9',
  ])('that states a figure or a superlative claims something: %s', (text) => expect(isClaim(text, campaign)).toBe(true));

  it.each([
    'Cài đặt iHanoi, gửi phản ánh, kiến nghị',
    'Gọi 1022, nhánh 8',
    'Theo Kế hoạch 311/KH-UBND',
    'Tổ công tác Đề án 06 hướng dẫn tại nhà',
    'Cả khu phố thống nhất thực hiện',
    'Người đứng thứ nhất',
  ])('that only names something claims nothing: %s', (text) => expect(isClaim(text, campaign)).toBe(false));
});

it('finds claims wherever an item says something, once each, and not in words for those who do not see it', () => {
  const text = { vi: 'Hơn 1 triệu tài khoản', en: 'More than 1 million accounts' };
  const items = [
    { id: 'a', name: 'A', scene: 'story', props: { heading: text, pages: [{ heading: { vi: 'Một' }, body: text }, { heading: { vi: '19,7%' } }] } },
    { id: 'b', name: 'B', scene: 'picture', props: { media: '1'.repeat(64), alt: { vi: '3 người' }, caption: { vi: 'Khánh thành năm 2024' } } },
  ];
  expect(claimsOf(items, campaign)).toEqual([
    { item: 'a', name: 'A', text },
    { item: 'a', name: 'A', text: { vi: '19,7%' } },
    { item: 'b', name: 'B', text: { vi: 'Khánh thành năm 2024' } },
  ]);
});

it('finds nothing to prove in what ships with the product but its help line', () => {
  const folder = join(import.meta.dirname, '..', 'playlists');
  const items = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => authoredPlaylistSchema.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8'))).data?.items ?? []);
  expect(items.length).toBeGreaterThan(20);
  expect(claimsOf(items, campaign)).toEqual([]);
  expect(items.some((item) => namesHelpline(item, campaign))).toBe(true);
});
