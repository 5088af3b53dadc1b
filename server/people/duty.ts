// Where a caller's duty ends: at a unit and what lies below it, or nowhere.
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { unitPath } from '../units/unit-path.ts';

/** Whether something of a unit lies within a caller's duty; what has no unit is the whole city's. */
export async function isInDuty(db: Queries, caller: Caller, unit: string | null): Promise<boolean> {
  return caller.unit === undefined || (await unitPath(db, unit)).includes(caller.unit);
}

/** @throws ApiFailure when something of one of these units lies outside */
export async function requireDuty(db: Queries, caller: Caller, units: readonly (string | null)[]): Promise<void> {
  for (const unit of units) if (!(await isInDuty(db, caller, unit))) throw new ApiFailure('outside-own-unit');
}
