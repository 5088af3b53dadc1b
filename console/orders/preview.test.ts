import { describe, expect, it } from 'vitest';
import { alertTemplates, fillTemplate, templateNames } from '../../core/alert-templates.ts';
import { filledSlots, headlinePieces, slotIsWrong } from './preview.ts';

const joined = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('');

describe('the preview of an alert', () => {
  it('is the very sentence that the screens get, once every slot is filled', () => {
    for (const name of templateNames) {
      const template = alertTemplates[name];
      const words = Object.fromEntries(Object.keys(template.slots).map((slot) => [slot, `Láng ${slot}`]));
      for (const drill of [false, true]) {
        const { headline } = fillTemplate(template, words, drill);
        expect(joined(headlinePieces(template, words, drill, 'vi'))).toBe(headline.vi);
        expect(joined(headlinePieces(template, words, drill, 'en'))).toBe(headline.en);
      }
    }
  });

  it('names the gaps that are left', () => {
    expect(headlinePieces(alertTemplates.flood, { road: 'Láng', from: ' ' }, false, 'vi')).toEqual([
      { text: 'Đường ', gap: false },
      { text: 'Láng', gap: false },
      { text: ' ngập sâu, từ ', gap: false },
      { text: 'từ đâu', gap: true },
      { text: ' đến ', gap: false },
      { text: 'đến đâu', gap: true },
      { text: '. Không đi vào.', gap: false },
    ]);
  });
});

describe('the words of a slot', () => {
  it('may be a name or a time, not a link nor a second sentence', () => {
    for (const good of ['', '  ', 'Nguyễn Trãi (chiều đi)', '17:30', 'Nguyễn Trãi'.normalize('NFD')]) expect(slotIsWrong(good), good).toBe(false);
    for (const bad of ['http://a.vn', 'Láng. Sơ tán', 'a\nb', 'x'.repeat(41)]) expect(slotIsWrong(bad), bad).toBe(true);
  });

  it('go out trimmed, composed, and only when all are there', () => {
    expect(filledSlots('flood', { road: ' Nguyễn Trãi'.normalize('NFD'), from: 'số 1', to: 'số 9', other: 'x' })).toEqual({
      road: 'Nguyễn Trãi',
      from: 'số 1',
      to: 'số 9',
    });
    expect(filledSlots('flood', { road: 'Láng', from: 'số 1' })).toBeUndefined();
    expect(filledSlots('flood', { road: 'Láng', from: 'số 1', to: 'http://a' })).toBeUndefined();
  });
});
