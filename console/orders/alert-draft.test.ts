import { describe, expect, it } from 'vitest';
import { newAlertSchema } from '../../core/order-api.ts';
import { emptyDraft, localText, longest, previewOf, wordsOf, type AlertDraft } from './alert-draft.ts';

const free = (more: Partial<AlertDraft['free']>): AlertDraft => ({ ...emptyDraft, source: 'free', free: { ...emptyDraft.free, ...more } });
const text = (vi: string, en = '') => ({ vi, en });
const whole = free({ event: text('Rò khí'), headline: text(' Rời khu vực chợ Hàng Da ngay. ', 'Leave the market area now.'), instruction: text('Gọi 114.') });
const accepted = (draft: AlertDraft) =>
  newAlertSchema.safeParse({ target: {}, area: { vi: 'Hoàn Kiếm' }, drill: true, minutes: 60, confirm: 'DIỄN TẬP', words: wordsOf(draft) });

describe('an alert that is being written', () => {
  it('is nothing for the server until every word is there', () => {
    expect(wordsOf(emptyDraft)).toBeUndefined();
    expect(wordsOf(free({ event: text('Rò khí') }))).toBeUndefined();
    expect(wordsOf(free({ ...whole.free, instruction: text('', 'Call 114.') }))).toBeUndefined();
  });

  it('is what the server takes, as a template and in free words', () => {
    expect(accepted({ ...emptyDraft, source: 'heat', slots: { until: '17:00' } })).toMatchObject({ success: true });
    expect(accepted(whole)).toMatchObject({
      data: { words: { headline: { vi: 'Rời khu vực chợ Hàng Da ngay.', en: 'Leave the market area now.' }, instruction: { vi: 'Gọi 114.' } } },
    });
    expect(wordsOf(free({ ...whole.free, instruction: text('') }))).not.toHaveProperty('instruction');
  });

  it('keeps within what the server accepts', () => {
    const full = (most: number) => text('ư'.repeat(most), 'x'.repeat(most));
    const { event, headline, instruction } = longest;
    expect(accepted(free({ event: full(event), headline: full(headline), instruction: full(instruction) }))).toMatchObject({ success: true });
    expect(accepted(free({ ...whole.free, event: full(event + 1) }))).toMatchObject({ success: false });
    expect(accepted(free({ ...whole.free, headline: full(headline + 1) }))).toMatchObject({ success: false });
    expect(accepted(free({ ...whole.free, instruction: full(instruction + 1) }))).toMatchObject({ success: false });
  });

  it('shows a drill as one in both languages', () => {
    const { headline } = previewOf(whole, true);
    expect(headline.vi).toEqual([{ text: 'DIỄN TẬP: Rời khu vực chợ Hàng Da ngay.', gap: false }]);
    expect(headline.en).toEqual([{ text: 'DRILL: Leave the market area now.', gap: false }]);
    expect(previewOf(emptyDraft, true).headline.vi[0]?.text).toMatch(/^DIỄN TẬP: /);
  });

  it('leaves English out when nobody wrote it', () => {
    expect(previewOf(free({ headline: text('Rời đi.') }), false).headline.en).toEqual([]);
    expect(localText(text('Rời đi.', ' '))).toEqual({ vi: 'Rời đi.' });
    expect(localText(text('', 'Leave.'))).toBeUndefined();
  });
});
