import { describe, expect, it } from 'vitest';
import type { ScreenView } from '../../core/screen-api.ts';
import { countConditions, filterScreens } from './screen-filter.ts';
import { readPairingCode } from './pairing-code.ts';

type Searched = Pick<ScreenView, 'number' | 'name' | 'place' | 'channel' | 'condition' | 'operator' | 'tags'>;
const screens: Searched[] = [
  { number: 12, name: 'Kiosk nhà văn hóa', place: 'Phường Ô Chợ Dừa', channel: 'kiosk', condition: 'correct', operator: '', tags: [] },
  { number: 3, name: 'LED nút giao', place: 'Trần Duy Hưng', channel: 'street', condition: 'lost', operator: 'Công ty Sao Đêm', tags: ['công ty Ánh Sáng'] },
  { number: 7, name: 'LCD sảnh', place: 'Đống Đa', channel: 'reception', condition: 'correct', operator: '', tags: [] },
];
const found = (words: string, condition?: Searched['condition']) => filterScreens(screens, words, condition).map(({ number }) => number);

describe('finding screens', () => {
  it('ignores case and diacritics and wants every word', () => {
    expect(found('dong da')).toEqual([7]);
    expect(found('LED hung')).toEqual([3]);
    expect(found('anh sang'), 'a tag').toEqual([3]);
    expect(found('sao dem'), 'who runs it').toEqual([3]);
    expect(found('led đống')).toEqual([]);
  });

  it('finds by number and condition, sorted by number', () => {
    expect(found('12')).toEqual([12]);
    expect(found('')).toEqual([3, 7, 12]);
    expect(found('', 'correct')).toEqual([7, 12]);
  });

  it('counts what occurs, trouble first', () => {
    expect(countConditions(screens)).toEqual([
      { condition: 'lost', count: 1 },
      { condition: 'correct', count: 2 },
    ]);
  });
});

describe('a typed pairing code', () => {
  it('forgives case, gaps and letters that look like digits', () => {
    expect(readPairingCode('7k3-m2p')).toBe('7K3M2P');
    expect(readPairingCode(' oil 123 ')).toBe('011123');
  });

  it('is nothing when it has another length or letters that no code has', () => {
    expect(readPairingCode('7K3M2')).toBeUndefined();
    expect(readPairingCode('7K3M2U')).toBeUndefined();
  });
});
