import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { campaignSchema } from '../../core/campaign.ts';
import { campaignSettingsSchema } from '../../core/settings-api.ts';
import { campaignDraft, sentCampaign } from './campaign-draft.ts';
import { checkForm } from './problems.ts';

const shipped = campaignSchema.parse(JSON.parse(readFileSync(new URL('../../playlists/campaigns/plan-311.json', import.meta.url), 'utf8')));
const draft = campaignDraft(shipped);

it('sends what was loaded when nobody typed anything', () => {
  const { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, maxOfflineDays } = shipped;
  const checked = checkForm(campaignSettingsSchema, sentCampaign(draft));
  expect(checked).toMatchObject({
    ok: true,
    value: { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, maxOfflineDays, occasions: [] },
  });
});

it('names every field that is wrong, by its place, before anything is sent', () => {
  const [phase] = draft.phases;
  if (!phase) throw new Error('no phase');
  const wrong = {
    ...draft,
    name: { vi: ' ', en: '' },
    period: { startDate: '2024-11-30', endDate: '2024-11-01' },
    phases: [{ ...phase, endDate: '' }],
    stale: { greyAfterHours: 48, leaveAfterHours: 24 },
    holds: { ...draft.holds, dayPercent: null },
    links: { ...draft.links, web: { url: 'http://ihanoi.gov.vn', confirmed: true } },
    occasions: [{ vi: 'Tải ngay! https://x.example', en: '' }],
  };
  const checked = checkForm(campaignSettingsSchema, sentCampaign(wrong));
  expect(checked.ok ? [] : [...checked.problems.keys()].sort()).toEqual([
    ...['holds.dayPercent', 'links.web.url', 'name.vi', 'occasions[0].vi', 'period.endDate', 'phases[0].endDate', 'stale.leaveAfterHours'],
  ]);
});
