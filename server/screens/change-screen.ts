// What staff say of a screen. Its profile decides what it draws, so outdoors a second person has to want another one; the rest holds at once.
import type { z } from 'zod';
import type { changeScreenSchema } from '../../core/screen-api.ts';
import { fieldChanges } from '../../core/field-changes.ts';
import { loosensProfile } from '../../core/loosened.ts';
import type { Profile } from '../../core/profile.ts';
import { needsAsMany } from '../../core/root-document.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { followRules } from '../channels/move-screens.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { requireDuty } from '../people/duty.ts';
import { isOutdoors, needsTwo } from '../publishing/outdoors.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { askSecond } from '../settings/ask-second.ts';
import { unitExists } from '../units/unit-path.ts';
import { requireApprovedChannel } from './approved-channel.ts';
import { issueAssignment } from './issue-assignments.ts';
import { changeScreen, findScreen, type Screen } from './screen-store.ts';

/** A box refuses to need fewer signatures than it does, so that who holds this server cannot talk it into that. Who sits here in good faith is told beforehand. @throws ApiFailure */
function requireSignaturesKept({ root }: Keys, { publicKey, profile }: Screen, next: Profile): void {
  if (publicKey !== null && !needsAsMany(root.document, next.audience, profile.audience)) throw new ApiFailure('audience-keeps-signatures');
}

/** Gives a screen another profile and tells its box. Runs inside a transaction. @throws ApiFailure */
export async function putProfile({ keys, now }: Pick<ServerContext, 'keys' | 'now'>, db: Queries, id: string, profile: Profile): Promise<void> {
  const screen = await findScreen(db, id);
  if (screen) requireSignaturesKept(keys, screen, profile);
  const changed = screen && (await changeScreen(db, id, screen.revision, { ...screen, profile }));
  if (changed) await issueAssignment(db, changed, { keys, at: now() });
}

const factsOf = ({ name, place, unit, contact, operator, hours, tags, profile }: Screen) => ({ name, place, unit, contact, operator, hours, tags, profile });

/** @returns whether its profile, or the channel that the rules now mean, waits for a second person @throws ApiFailure */
export async function changeScreenByStaff(context: ServerContext, caller: Caller, id: string, change: z.output<typeof changeScreenSchema>): Promise<boolean> {
  const { db, keys, now, audit } = context;
  return transact(db, async (trx) => {
    const before = await findScreen(trx, id);
    if (!before) throw new ApiFailure('not-found');
    const { revision, basis, operator = before.operator, ...facts } = change;
    await requireDuty(trx, caller, [before.unit]);
    if (facts.unit !== null && !(await unitExists(trx, facts.unit))) throw new ApiFailure('unit-unknown', [{ path: 'unit', reason: facts.unit }]);
    await requireDuty(trx, caller, [facts.unit]);
    await requireBasisFile(trx, basis);
    const isOther = fieldChanges(before.profile, facts.profile).length > 0;
    requireSignaturesKept(keys, before, facts.profile);
    // A screen out of service comes back with the profile that it has then.
    const inService = { ...before, state: 'active' as const };
    const waits = isOther && (await needsTwo(trx, inService));
    if (isOther && !waits && !isOutdoors(inService)) await requireApprovedChannel(trx, before.channel, facts.profile);
    const next = { ...facts, operator, profile: waits ? before.profile : facts.profile };
    const changed = await changeScreen(trx, id, revision, next);
    if (!changed) throw new ApiFailure('settings-changed', { revision: before.revision });
    const who = caller.name;
    if (fieldChanges(factsOf(before), next).length > 0) {
      await issueAssignment(trx, changed, { keys, at: now() });
      await audit({ who, what: 'screen.change', subject: id, before: factsOf(before), after: { ...next, basis } }, trx);
    }
    const isMoveWaiting = await followRules(context, trx, caller, id);
    if (!waits) return isMoveWaiting;
    const [standing, wanted] = [JSON.stringify(changed.profile), JSON.stringify(facts.profile)];
    const loosens = loosensProfile(before.profile, facts.profile);
    const asked = await askSecond(trx, caller, { kind: 'screen', subject: id, before: standing, after: wanted, loosens, basis }, now());
    await audit({ who, what: 'screen.change.ask', subject: id, before: before.profile, after: { change: asked, profile: facts.profile, basis } }, trx);
    return true;
  });
}
