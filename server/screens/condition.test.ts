import { describe, expect, it } from 'vitest';
import type { HealthReport } from '../../core/health.ts';
import { report } from '../testing/test-player.ts';
import { conditionOf, frameLostMs, reportLostMs, updatingMs, type ScreenFacts } from './condition.ts';

const now = Date.parse('2024-11-18T18:00:00+07:00');
const manifest = 'a'.repeat(64);
const older = 'b'.repeat(64);

/** A screen that has been connected for long and shows what it should. */
function facts(over: Partial<ScreenFacts> = {}, health: Partial<HealthReport> = {}): ScreenFacts {
  return {
    ...{
      state: 'active',
      paired: true,
      hours: [],
      zone: 'Asia/Ho_Chi_Minh',
      connectedAt: now - 3_600_000,
      manifest: { sha256: manifest, issuedAt: now - 3_600_000 },
      cover: null,
      orderedAt: 0,
    },
    health: { at: now - 1_000, report: report(now - 1_000, manifest, 'install', health) },
    itemsAround: () => ['install'],
    ...over,
  };
}
const shows = (item: string, of = manifest) => ({ shows: { item, scene: 'message', turn: 't', manifest: of, since: now - 5_000 } });

describe('the condition of a screen', () => {
  it.each<[string, ScreenFacts, string]>([
    ['that shows the planned item of its manifest is right', facts(), 'correct'],
    ['that was revoked is revoked', facts({ state: 'revoked' }), 'revoked'],
    ['without a box is unpaired', facts({ paired: false }), 'unpaired'],
    ['that is not connected is lost', facts({ connectedAt: undefined, health: undefined }), 'lost'],
    ['outside its hours is off', facts({ cover: { state: 'off' }, hours: [{ from: '06:00', until: '17:00' }], connectedAt: undefined }), 'off'],
    ['within its hours is judged', facts({ hours: [{ from: '06:00', until: '22:00' }] }), 'correct'],
    ['that has just connected is updating', facts({ connectedAt: now - 1_000, health: undefined }), 'updating'],
    ['that is connected and never reports is lost', facts({ connectedAt: now - updatingMs, health: undefined }), 'lost'],
    ['whose reports have stopped is lost', facts({ health: { at: now - reportLostMs - 1, report: report(now, manifest, 'install') } }), 'lost'],
    ['whose frames have stopped is wrong, though connected and reporting', facts({}, { lastFrameAt: now - 1_000 - frameLostMs - 1 }), 'wrong'],
    ['that never drew is wrong', facts({}, { lastFrameAt: null }), 'wrong'],
    ['that shows nothing is wrong', facts({}, { shows: null }), 'wrong'],
    ['that shows another item than planned is wrong', facts({}, { ...shows('other'), shouldShow: { item: 'install', turn: 't' } }), 'wrong'],
    ['that shows a substitute by rule is right', facts({}, { ...shows('still'), shouldShow: { item: 'still', turn: 't' } }), 'correct'],
    [
      'that shows a substitute for something broken is wrong',
      facts({}, { ...shows('still'), shouldShow: { item: 'still', turn: 't' }, quarantined: [{ item: 'install', reason: 'undecodable', since: now }] }),
      'wrong',
    ],
    [
      'that still plays the manifest before, just after a publish, is updating',
      facts({ manifest: { sha256: manifest, issuedAt: now - 1_000 } }, { manifest: { playing: older, accepted: 1 } }),
      'updating',
    ],
    ['that still plays the manifest before, long after a publish, is wrong', facts({}, { manifest: { playing: older, accepted: 1 } }), 'wrong'],
    [
      'that says why it refuses a manifest is wrong at once',
      facts({ manifest: { sha256: manifest, issuedAt: now - 1_000 } }, { manifest: { playing: older, accepted: 1, reason: 'bad signature' } }),
      'wrong',
    ],
    ['that plays the factory playlist is wrong', facts({}, { manifest: { playing: 'factory', accepted: 0 }, ...shows('install', 'factory') }), 'wrong'],
    ['whose page still shows the manifest before is wrong', facts({}, shows('install', older)), 'wrong'],
    ['whose channel has nothing to play is wrong', facts({ manifest: null }), 'wrong'],
  ])('%s', (_title, given, expected) => {
    expect(conditionOf(given, now)).toBe(expected);
  });
});
