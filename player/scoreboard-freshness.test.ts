import { expect, test } from 'vitest';
import { scoreboardReason } from './scoreboard-freshness.ts';
import { sampleCampaign, sampleSnapshot } from './testing/samples.ts';

const snapshot = sampleSnapshot(1);
const leavesAt = snapshot.asOf + sampleCampaign.stale.leaveAfterHours * 3_600_000;

test('shows figures up to the hour at which they leave, and not a moment longer', () => {
  expect(scoreboardReason(snapshot, sampleCampaign, false, leavesAt)).toBeUndefined();
  expect(scoreboardReason(snapshot, sampleCampaign, false, leavesAt + 1)).toMatch(/too old/);
});

test('never lets a sample go stale, and never shows one on a real screen', () => {
  const sample = { ...snapshot, sample: true };
  expect(scoreboardReason(sample, sampleCampaign, true, leavesAt * 2)).toBeUndefined();
  expect(scoreboardReason(sample, sampleCampaign, false, snapshot.asOf)).toMatch(/trial/);
});

test('does not show the figures of another campaign or tree', () => {
  for (const change of [{ campaign: 'other' }, { tree: 'hanoi-communes-2025' }]) {
    expect(scoreboardReason({ ...snapshot, ...change }, sampleCampaign, true, snapshot.asOf)).toMatch(/another campaign/);
  }
});
