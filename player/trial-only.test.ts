import { expect, test } from 'vitest';
import type { ToStage } from '../core/bridge.ts';
import { factoryProfile } from './shell-arguments.ts';
import { realScreenRefusal } from './trial-only.ts';

const confirmable = { url: '', confirmed: false };
function plan(manifest: string, trial: boolean): ToStage {
  const words = { vi: 'Chiến dịch' };
  return {
    type: 'plan',
    plan: {
      manifest,
      screen: { name: 'Ngã tư', number: 1, trial },
      profile: factoryProfile('led', 960, 576),
      campaign: {
        id: 'c',
        name: words,
        plan: '311/KH-UBND',
        zone: 'Asia/Ho_Chi_Minh',
        period: { startDate: '2024-11-01', endDate: '2024-11-30' },
        phases: [],
        tree: 't',
        measure: { id: 'm', name: words },
        denominator: { name: words, source: 's', asOf: '2024-10-31' },
        source: words,
        rankBy: 'rate',
        speaker: words,
        links: { ios: confirmable, android: confirmable, web: confirmable },
        helpline: { number: '1022', confirmed: false },
        stale: { greyAfterHours: 1, leaveAfterHours: 2 },
        maxOfflineDays: 30,
        trial,
      },
      units: [],
      language: 'vi',
      items: {},
      turns: [{ id: 't', start: 0, end: 1, item: 'i' }],
      media: {},
      clockOffsetMs: 0,
    },
  };
}
const hash = 'a'.repeat(64);
const safe = { root: false, unsandboxed: false };

test('refuses a real screen to root and to a browser without sandbox, in one line', () => {
  for (const weakness of [
    { ...safe, root: true },
    { ...safe, unsandboxed: true },
  ]) {
    const refusal = realScreenRefusal(plan(hash, false), weakness);
    expect(refusal).toMatch(/ · /);
    expect(refusal).not.toContain('\n');
  }
});

test('lets a trial, the factory playlist and an ordinary account through', () => {
  const weak = { root: true, unsandboxed: true };
  expect(realScreenRefusal(plan(hash, true), weak)).toBeUndefined();
  expect(realScreenRefusal(plan('factory', false), weak)).toBeUndefined();
  expect(realScreenRefusal({ type: 'board', board: null }, weak)).toBeUndefined();
  expect(realScreenRefusal(plan(hash, false), safe)).toBeUndefined();
});
