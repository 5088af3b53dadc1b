// Which changes of settings loosen a rule: of a screen, and of a campaign. Outdoors they need a document and a second person.
import { holdLimitsOf, type Campaign } from './campaign.ts';
import type { Audience, Profile } from './profile.ts';

/** The strictest first. */
const strictness: readonly Audience[] = ['traffic', 'public', 'indoor'];

/** A screen seen from nearer, or by people who stand still, may show finer words; one that nobody dims is brighter at night; sound outdoors is forbidden. */
export function loosensProfile(before: Profile, after: Profile): boolean {
  return (
    strictness.indexOf(after.audience) > strictness.indexOf(before.audience) ||
    after.distanceM.far < before.distanceM.far ||
    after.distanceM.near < before.distanceM.near ||
    (before.dimmedBy === 'picture' && after.dimmedBy !== 'picture') ||
    (after.sound && !before.sound)
  );
}

/** Settings of which one person alone would otherwise get more: what figures pass, how long old ones stand, how long a screen goes on alone, what may be said in one's own words. */
export function loosensCampaign(before: Campaign, after: Campaign): boolean {
  const [old, next] = [holdLimitsOf(before), holdLimitsOf(after)];
  const agreed = new Set((before.occasions ?? []).map((occasion) => JSON.stringify(occasion)));
  return (
    (['basePercent', 'dayPercent', 'stepPercent', 'stepCount'] as const).some((limit) => next[limit] > old[limit]) ||
    (['greyAfterHours', 'leaveAfterHours'] as const).some((limit) => after.stale[limit] > before.stale[limit]) ||
    after.maxOfflineDays > before.maxOfflineDays ||
    (after.occasions ?? []).some((occasion) => !agreed.has(JSON.stringify(occasion)))
  );
}

/** Whether anything differs that a screen draws or keeps to; limits for held figures and agreed occasions are the server's own. */
export function reachesScreens(before: Campaign, after: Campaign): boolean {
  const drawn = ({ holds: _holds, occasions: _occasions, ...rest }: Campaign) => JSON.stringify(rest);
  return drawn(before) !== drawn(after);
}
