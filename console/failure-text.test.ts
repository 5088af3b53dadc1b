import { expect, it } from 'vitest';
import { failureText } from './failure-text.ts';

const refused = { kind: 'refused', status: 422, code: 'playlist-invalid', vi: 'Có lỗi.', en: 'It has errors.' } as const;

it('says which fields were refused, and why', () => {
  const details = [{ path: 'items[2].seconds', reason: { vi: 'ít nhất 1', en: 'at least 1' } }];
  expect(failureText({ ...refused, details }, 'vi')).toBe('Có lỗi. Mục 3 › số giây: ít nhất 1.');
  expect(failureText({ ...refused, details }, 'en')).toBe('It has errors. Item 3 › seconds: at least 1.');
});

it('ends with one full stop where the reason is a sentence', () => {
  const details = [{ path: 'url', reason: { vi: 'Máy chủ chưa được phép.', en: 'The host is not allowed.' } }];
  expect(failureText({ ...refused, details }, 'vi')).toBe('Có lỗi. Địa chỉ: Máy chủ chưa được phép.');
});

it('says what the server said where there is no more', () => {
  for (const details of [undefined, null, [], { advice: 5 }, [{ path: 'a', reason: 'technical' }]])
    expect(failureText({ ...refused, details }, 'vi')).toBe('Có lỗi.');
});

it('adds advice with its line', () => {
  expect(failureText({ ...refused, details: { advice: { vi: 'Xem lại.' }, line: 3 } }, 'vi')).toMatch(/^Có lỗi\. .*3.* Xem lại\.$/);
});
