import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { campaignSchema } from '../../core/campaign.ts';
import { contestSchema, type Tree } from '../../core/campaigns-api.ts';
import { draftTree, nextDraft, sentContest } from './next-draft.ts';

const shipped = campaignSchema.parse(JSON.parse(readFileSync(new URL('../../playlists/campaigns/plan-311.json', import.meta.url), 'utf8')));
const campaign = { ...shipped, trial: false };
const trees: Tree[] = [
  { id: 'hanoi-districts', units: 30, from: '2014-04-01', until: '2025-06-30' },
  { id: 'hanoi-communes-2025', units: 126, from: '2025-07-01', until: null },
];

describe('the draft of the next campaign', () => {
  const draft = nextDraft(campaign);

  it('is a copy, without name, plan and dates', () => {
    expect(draft.settings).toMatchObject({ name: { vi: '', en: '' }, plan: '', period: { startDate: '', endDate: '' }, phases: [] });
    expect(draft.settings.links).toEqual(campaign.links);
    expect(contestSchema.parse(sentContest(draft, campaign.tree))).toEqual({
      tree: campaign.tree,
      measure: campaign.measure.name,
      denominator: campaign.denominator,
    });
  });

  it('leaves the sources of a trial behind', () => {
    expect(nextDraft({ ...campaign, trial: true })).toMatchObject({ settings: { source: { vi: '', en: '' } }, baseSource: '', baseAsOf: '' });
    expect(draft.baseSource).toBe(campaign.denominator.source);
  });

  it('takes the tree of its first day until a person chooses another', () => {
    const starting = (startDate: string) => ({ ...draft, settings: { ...draft.settings, period: { startDate, endDate: '' } } });
    expect(draftTree(draft, trees, 'hanoi-districts')).toBe('hanoi-districts');
    expect(draftTree(starting('2026-03-01'), trees, 'hanoi-districts')).toBe('hanoi-communes-2025');
    expect(draftTree({ ...starting('2026-03-01'), tree: 'hanoi-districts' }, trees, 'hanoi-communes-2025')).toBe('hanoi-districts');
  });
});
