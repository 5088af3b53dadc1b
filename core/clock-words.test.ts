import { describe, expect, it } from 'vitest';
import { clockWords } from './clock-words.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (text: string, language: 'vi' | 'en' = 'vi') => clockWords(Date.parse(text), zone, language);

describe('the words of a clock', () => {
  it('says time, weekday and both dates as a wall calendar does', () => {
    expect(at('2024-11-21T08:05:59+07:00')).toEqual({
      time: '08:05',
      weekday: 'Thứ Năm',
      date: '21 tháng 11 năm 2024',
      dateShort: '21/11/2024',
      lunar: '21 tháng 10 năm Giáp Thìn',
      lunarShort: '21/10',
      lunarDay: 21,
    });
  });

  it('has words of their own for the first days, the first and the last month, and the leap month', () => {
    expect(at('2025-01-29T00:00:00+07:00').lunar).toBe('mùng 1 tháng Giêng năm Ất Tỵ');
    expect(at('2025-01-28T23:59:59+07:00').lunar).toBe('29 tháng Chạp năm Giáp Thìn');
    expect(at('2025-07-25T12:00:00+07:00')).toMatchObject({ lunar: 'mùng 1 tháng 6 nhuận năm Ất Tỵ', lunarShort: '1/6 nhuận' });
  });

  it('says it in English too', () => {
    expect(at('2024-11-24T18:00:00+07:00', 'en')).toMatchObject({ weekday: 'Sunday', date: '24 November 2024', lunar: 'day 24, month 10, Giáp Thìn' });
  });
});
