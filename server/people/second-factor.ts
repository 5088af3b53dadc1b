// Who needs a second factor: whoever may approve or administer, from the first real screen on.
import type { Role } from '../../core/roles.ts';
import type { SecondFactorState } from '../../core/people-api.ts';
import type { Queries } from '../database/open-database.ts';
import { hasRealScreen } from '../screens/screen-store.ts';
import type { Person } from './person-store.ts';

export function needsSecondFactor(role: Role): boolean {
  return role === 'approver' || role === 'admin';
}

export async function secondFactorState(db: Queries, { role, hasSecondFactor }: Person): Promise<SecondFactorState> {
  if (hasSecondFactor) return 'on';
  if (!needsSecondFactor(role)) return 'optional';
  return (await hasRealScreen(db)) ? 'needed' : 'later';
}
