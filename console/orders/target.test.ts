import { describe, expect, it } from 'vitest';
import { textOf, type Say } from '../messages.ts';
import { areaOf, choiceOf, nothingChosen, targetOf, targetText, type Choice } from './target.ts';

const say: Say = (key, ...slots) => textOf('vi', key, ...slots);
const id = '3e0f5a4c-8f9d-4f5e-9d5c-2a1b3c4d5e6f';
const names = {
  screens: [{ id, name: 'LED Ngã tư Sở' }],
  units: [
    { code: 'd001', kind: 'quận', name: 'Ba Đình' },
    { code: 'd002', kind: 'quận', name: 'Hoàn Kiếm' },
  ],
};
const choice = (more: Partial<Choice>): Choice => ({ ...nothingChosen, ...more });

describe('the target of an order', () => {
  it('is nothing until something is picked, and everything only when that was chosen', () => {
    expect(targetOf(nothingChosen)).toBeUndefined();
    expect(targetOf(choice({ scope: 'units', screens: [id] }))).toBeUndefined();
    expect(targetOf(choice({ scope: 'kinds' }))).toBeUndefined();
    expect(targetOf(choice({ scope: 'all', screens: [id] }))).toEqual({});
  });

  it('takes only what was picked in the scope that is open', () => {
    const picked = choice({ screens: [id], units: ['d001'], kinds: ['led'], operators: ['Ánh Sáng'] });
    expect(targetOf(picked)).toEqual({ screens: [id] });
    expect(targetOf({ ...picked, scope: 'units' })).toEqual({ units: ['d001'] });
    expect(targetOf({ ...picked, scope: 'kinds' })).toEqual({ kinds: ['led'] });
    expect(targetOf({ ...picked, scope: 'operators' })).toEqual({ operators: ['Ánh Sáng'] });
    expect(targetOf(choice({ scope: 'operators' }))).toBeUndefined();
  });

  it('is picked again from an order that one scope holds, and never becomes wider', () => {
    for (const target of [{}, { screens: [id] }, { units: ['d001', 'd002'] }, { kinds: ['led' as const] }, { operators: ['Ánh Sáng'] }])
      expect(targetOf(choiceOf(target))).toEqual(target);
    expect(choiceOf({ kinds: ['led'], units: ['d001'] })).toEqual(nothingChosen);
    expect(choiceOf({ audiences: ['traffic'] })).toEqual(nothingChosen);
    expect(choiceOf({ screens: [id], audiences: ['traffic'] })).toEqual(nothingChosen);
  });

  it('reads as people say it', () => {
    expect(targetText({}, names, say)).toBe('Tất cả màn hình');
    expect(targetText({ screens: [id] }, names, say)).toBe('LED Ngã tư Sở');
    expect(targetText({ screens: [id.replace('3', '4')] }, names, say)).toBe('màn hình đã xóa');
    expect(targetText({ operators: ['Ánh Sáng', 'Sao Đêm'] }, names, say)).toBe('Do Ánh Sáng, Sao Đêm vận hành');
    expect(targetText({ units: ['d001', 'd099'], kinds: ['led', 'kiosk'] }, names, say)).toBe(
      'Màn hình LED, Kiosk · Quận Ba Đình, d099 và các đơn vị trực thuộc',
    );
  });
});

describe('the area that an alert names', () => {
  it('is proposed where the target tells it', () => {
    expect(areaOf(choice({ scope: 'all' }), names.units)).toEqual({ vi: 'Toàn thành phố Hà Nội', en: 'All of Hà Nội' });
    expect(areaOf(choice({ scope: 'units', units: ['d001', 'd002'] }), names.units)).toEqual({ vi: 'Quận Ba Đình, Quận Hoàn Kiếm' });
  });

  it('is left to the clerk where it does not, or where the list is too long for a screen', () => {
    expect(areaOf(choice({ screens: [id] }), names.units)).toBeUndefined();
    expect(areaOf(choice({ scope: 'units', units: ['d001', 'd002', 'd001', 'd002', 'd001'] }), names.units)).toBeUndefined();
  });
});
