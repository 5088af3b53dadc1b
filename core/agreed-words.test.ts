import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAgreedAlert, inSignedWords } from './agreed-words.ts';
import { alertTemplates, fillTemplate, templateNames, type TemplateName } from './alert-templates.ts';
import type { Alert } from './orders.ts';

const noon = Date.parse('2026-11-24T12:00:00+07:00');
const words = 'Nguyễn Trãi – Khuất Duy Tiến (20:30)';
const filled = (name: TemplateName, drill = false): Alert => {
  const template = alertTemplates[name];
  const slots = Object.fromEntries(Object.keys(template.slots).map((slot) => [slot, words]));
  return {
    ...{ kind: 'alert', number: 7, issuedAt: noon, target: {}, sender: 'Hà Nội', identifier: 'hn-7', references: [], drill, ends: [] },
    ...{ expiresAt: noon + 3_600_000, area: { vi: 'Phường Láng' }, speaker: { vi: 'UBND thành phố Hà Nội' } },
    ...fillTemplate(template, slots, drill),
  };
};

describe('an alert that the server alone may send', () => {
  it.each(templateNames)('is the sentence “%s” with names filled in, as the truth or as a drill', (name) => {
    expect([isAgreedAlert(filled(name)), isAgreedAlert(filled(name, true))]).toEqual([true, true]);
  });

  it('has no other sentence, event, advice, urgency, area, mark or link in it', () => {
    const flood = filled('flood');
    const others: Partial<Alert>[] = [
      { headline: { vi: 'Mai được nghỉ, mời bà con xem hàng giảm giá.' } },
      { headline: { vi: `${flood.headline.vi} Gọi 0912 345 678.` } },
      { headline: { vi: 'Đường Láng – hàng giảm giá, xem ngay hôm nay tại cửa hàng ngập sâu, từ A đến B. Không đi vào.' } },
      { headline: { vi: 'Đường https://xau.vn ngập sâu, từ A đến B. Không đi vào.' } },
      { headline: { vi: flood.headline.vi, en: 'Buy now.' } },
      { event: { vi: 'Khuyến mại' } },
      { instruction: { vi: 'Chuyển tiền vào tài khoản sau.' } },
      { priority: 'extreme' },
      { area: { vi: 'Xem xau.vn/a' } },
      { drill: true },
    ];
    for (const other of others) expect([other, isAgreedAlert({ ...flood, ...other })]).toEqual([other, false]);
  });
});

it('names who speaks as approvers signed it, and stops a screen rather than show an occasion that nobody agreed on', () => {
  const speaker = { vi: 'UBND thành phố Hà Nội' };
  const { event, headline, area, priority } = filled('storm');
  const alert = {
    state: 'alert',
    item: 'alert-7',
    drill: false,
    priority,
    event,
    headline,
    area,
    issuedAt: noon,
    expiresAt: noon + 1,
    remainingMs: 1,
  } as const;
  expect(inSignedWords({ ...alert, speaker: { vi: 'Cửa hàng' } }, { speaker })).toEqual({ ...alert, speaker });
  const solemn = (vi: string) => ({ state: 'solemn', item: 'solemn-8', occasion: { vi }, from: '2026-11-24', until: '2026-11-25' }) as const;
  expect(inSignedWords(solemn('Quốc tang'), { speaker })).toEqual(solemn('Quốc tang'));
  expect(inSignedWords(solemn('Ngày hội mua sắm'), { speaker })).toEqual({ state: 'stopped', item: 'solemn-8' });
  expect(inSignedWords(solemn('Ngày hội mua sắm'), { speaker, occasions: [{ vi: 'Ngày hội mua sắm' }] })).toEqual(solemn('Ngày hội mua sắm'));
  expect(inSignedWords(null, { speaker })).toBeNull();
});

// Boxes of an earlier version hold alerts against the sentences that they ship with: a better sentence is a new template, beside the one that was there.
it('keeps every sentence that was ever shipped as it was', () => {
  const hashes = Object.fromEntries(
    Object.entries(alertTemplates).map(([name, { event, priority, headline, instruction }]) => [
      name,
      createHash('sha256')
        .update(JSON.stringify([event, priority, headline, instruction]))
        .digest('hex')
        .slice(0, 12),
    ]),
  );
  expect(hashes).toEqual({
    flood: 'e60b41ac42fd',
    storm: 'cbeec0508569',
    river: 'bc164f1f20e7',
    fire: '17b437d25008',
    'closed-road': '09f69613c24c',
    heat: 'b18b030ba326',
  });
});
