// Publishes whose time has come: everything is looked at again, as if whoever set the time pressed the button now; what stands in the way is kept for that person.
import { scheduleLimits } from '../../core/schedule-api.ts';
import { inPlaceOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { callerFor } from '../people/caller.ts';
import { findPerson } from '../people/person-store.ts';
import { publishingDesk } from './publishing-desk.ts';
import { dueSchedules, settleSchedule, type StoredSchedule } from './schedule-store.ts';
import { whyOf, type Why } from './why.ts';

export function publishDue(context: ServerContext): () => Promise<void> {
  const { db, now, log, audit, console: tellConsoles } = context;
  const desk = publishingDesk(context);

  const callerOfPerson = async (id: string): Promise<Caller> => {
    const person = await findPerson(db, id);
    const caller = person?.closedAt === null ? inPlaceOf(await callerFor(db, person, now())) : undefined;
    if (!caller || !isAtLeast(caller.role, 'approver')) throw new ApiFailure('scheduler-gone');
    return caller;
  };

  const fail = async ({ id, playlist, revision, at, author }: StoredSchedule, why: Why) => {
    if (!(await settleSchedule(db, id, 'failed', now(), why))) return;
    await audit({ who: author, what: 'schedule.fail', subject: playlist, after: { schedule: id, revision, at, why } });
    log.warn({ playlist, revision, why: why.map(({ en }) => en) }, 'a publish at a set time was not done');
  };

  const publish = async (due: StoredSchedule) => {
    const { id, playlist, revision, at, person, basis } = due;
    try {
      if (now() - at > scheduleLimits.lateMs) throw new ApiFailure('schedule-missed');
      await desk.publish(await callerOfPerson(person), playlist, revision, basis ?? undefined);
      await settleSchedule(db, id, 'published', now());
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      await fail(due, whyOf(error));
    }
    tellConsoles('playlists');
  };

  return async () => {
    for (const due of await dueSchedules(db, now())) await publish(due);
  };
}
