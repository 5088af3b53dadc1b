import { expect, it } from 'vitest';
import { isAgreedOccasion, solemnOccasions } from './solemn-occasions.ts';

it('takes an agreed occasion, alone or with a name, in both languages', () => {
  for (const occasion of solemnOccasions) expect(isAgreedOccasion(occasion)).toBe(true);
  expect(isAgreedOccasion({ vi: 'Quốc tang' })).toBe(true);
  expect(isAgreedOccasion({ vi: 'Lễ tang cấp Nhà nước đồng chí Nguyễn Văn A', en: 'State funeral of comrade Nguyễn Văn A' })).toBe(true);
});

it('takes what a campaign has agreed on beside the usual ones', () => {
  const others = [{ vi: 'Ngày giỗ Tổ' }, { vi: 'Lễ tưởng niệm', en: 'Memorial day' }];
  expect(isAgreedOccasion({ vi: 'Ngày giỗ Tổ' }, others)).toBe(true);
  expect(isAgreedOccasion({ vi: 'Lễ tưởng niệm', en: 'Memorial day' }, others)).toBe(true);
  expect(isAgreedOccasion({ vi: 'Ngày giỗ Tổ', en: 'Get the app' }, others), 'English that nobody agreed on').toBe(false);
  expect(isAgreedOccasion({ vi: 'Ngày giỗ Tổ' })).toBe(false);
});

it.each([
  [{ vi: 'Tải ứng dụng nhận quà' }],
  [{ vi: 'Quốc tangX' }],
  [{ vi: 'Quốc tang', en: 'Free gifts today' }],
  [{ vi: 'Quốc tang', en: 'State funeral' }],
  [{ vi: 'Quốc tang. Truy cập nhanqua.example' }],
  [{ vi: 'Quốc tang https://nhanqua.example' }],
  [{ vi: `Quốc tang ${'a'.repeat(80)}` }],
])('takes nothing else: %j', (occasion) => {
  expect(isAgreedOccasion(occasion)).toBe(false);
});
