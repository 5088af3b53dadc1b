// Naming a deputy for days of absence, and ending that sooner.
import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import { deputiesSchema, deputyPaths, longestDeputyDays, nameDeputySchema, type Deputies } from '../../core/deputy-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { instantsOf, localDay } from '../local-days.ts';
import { addDeputy, deputiesOf, endDeputy } from './deputy-store.ts';
import { findPerson, listPeople } from './person-store.ts';

const tags = ['account'];
const approver = { access: { role: 'approver', within: 'anywhere' } } as const;
const shown = 20;
const fallbackZone = 'Asia/Ho_Chi_Minh';

export const deputyRoutes: Routes = (app, { db, now, audit }) => {
  const list = async (id: string): Promise<Deputies> => {
    const people = await listPeople(db);
    const self = people.find((person) => person.id === id);
    const nameOf = (of: string) => people.find((person) => person.id === of)?.name ?? of;
    const isGiver = self?.role === 'approver' || self?.role === 'admin';
    return {
      deputies: (await deputiesOf(db, id, shown)).map(({ id: of, person, deputy, first_day, last_day, starts_at, ends_at, reason, ended_at }) => {
        const state = ended_at !== null || ends_at <= now() ? 'over' : starts_at > now() ? 'coming' : 'now';
        return { id: of, person: nameOf(person), deputy: nameOf(deputy), from: first_day, until: last_day, reason, state, endedAt: ended_at };
      }),
      candidates: isGiver
        ? people
            .filter(({ id: other, role, unit, closedAt }) => other !== id && closedAt === null && role === 'editor' && unit === self.unit)
            .map(({ id: other, name }) => ({ id: other, name }))
        : [],
    };
  };

  app.get(
    deputyPaths.deputies,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Who approves in one’s place, and in whose place one approves', tags, response: { 200: deputiesSchema } },
    },
    (request) => list(callerOf(request).id),
  );

  app.post(
    deputyPaths.deputies,
    {
      config: approver,
      schema: {
        summary: 'Name an editor of the same unit who approves in one’s place between two days',
        tags,
        body: nameDeputySchema,
        response: { 200: deputiesSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { deputy, from, until, reason } = request.body;
      // A right that was lent is not lent on.
      if (caller.kind !== 'person' || caller.deputyOf) throw new ApiFailure('not-allowed');
      const zone = (await currentCampaign(db))?.zone ?? fallbackZone;
      const days = Temporal.PlainDate.from(from).until(until).days;
      if (days < 0 || days >= longestDeputyDays || until < localDay(now(), zone)) throw new ApiFailure('deputy-days');
      await transact(db, async (trx) => {
        const [self, other] = [await findPerson(trx, caller.id), await findPerson(trx, deputy)];
        if (!self || other?.closedAt !== null || other.role !== 'editor' || other.unit !== self.unit) throw new ApiFailure('deputy-unfit');
        const { start, end } = instantsOf({ from, to: until }, zone);
        await addDeputy(trx, { person: self.id, deputy, first_day: from, last_day: until, starts_at: start, ends_at: end, reason });
        await audit({ who: caller.name, what: 'deputy.name', subject: deputy, after: { deputy: other.name, from, until, reason } }, trx);
      });
      return list(caller.id);
    },
  );

  app.post(
    deputyPaths.end(':id'),
    {
      config: { access: { role: 'viewer', within: 'anywhere' } },
      schema: { summary: 'End a deputyship that one has given', tags, params: z.object({ id: z.uuid() }), response: { 200: deputiesSchema } },
    },
    async (request) => {
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        if (!(await endDeputy(trx, request.params.id, caller.id, now()))) throw new ApiFailure('not-found');
        await audit({ who: caller.name, what: 'deputy.end', subject: request.params.id }, trx);
      });
      return list(caller.id);
    },
  );
};
