import { describe, expect, it } from 'vitest';
import { confirmWords } from '../../core/order-api.ts';
import { orderKinds } from '../../core/orders.ts';
import { textOf, type Say } from '../messages.ts';
import { daysText, isInForce, kindText, someNames, typedWord } from './order-words.ts';

const say: Say = (key, ...slots) => textOf('vi', key, ...slots);

describe('the words of an order', () => {
  it('never call a drill an alert', () => {
    expect(orderKinds.map((kind) => kindText({ kind, drill: false, expiresAt: null }, say))).toEqual(['TẠM NGỪNG', 'TRANG NGHIÊM', 'THÔNG BÁO KHẨN']);
    expect(kindText({ kind: 'alert', drill: true, expiresAt: 1 }, say)).toBe('DIỄN TẬP');
    expect(kindText({ kind: 'stop', drill: false, expiresAt: 1 }, say)).toBe('TẠM NGHỈ');
  });

  it('give one day or two', () => {
    expect(daysText({ from: '2026-11-24', until: '2026-11-24' }, say)).toBe('Ngày 24/11/2026');
    expect(daysText({ from: '2026-11-24', until: '2026-11-25' }, say)).toBe('Từ 24/11/2026 đến hết 25/11/2026');
  });

  it('count what is still to come as in force', () => {
    expect((['standing', 'coming', 'ended', 'expired'] as const).filter((state) => isInForce({ state }))).toEqual(['standing', 'coming']);
  });

  it('name some screens and count the rest', () => {
    expect(someNames(['A', 'B'], say)).toBe('A, B');
    expect(someNames(['A', 'B', 'C', 'D'], say, 2)).toBe('A, B và 2 màn hình khác');
  });

  it('take the word of confirmation in any case and composition, and no other word', () => {
    expect(typedWord('  cảnh báo  thật '.normalize('NFD'))).toBe(confirmWords.live);
    expect(typedWord('diễn tập')).toBe(confirmWords.drill);
    expect(typedWord('canh bao that')).not.toBe(confirmWords.live);
  });
});
