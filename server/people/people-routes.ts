// People for administrators: list, invite by a one-time link, change role and unit, close with a hand-over, end sessions.
import { z } from 'zod';
import {
  changePersonSchema,
  closePersonSchema,
  invitedSchema,
  newPersonSchema,
  peoplePaths,
  personLinkSchema,
  personViewSchema,
  sessionViewSchema,
  unitChoiceSchema,
  type PersonView,
} from '../../core/people-api.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { readServers } from '../settings/server-addresses.ts';
import { unitExists } from '../units/unit-path.ts';
import { listUnits } from '../units/unit-store.ts';
import { noteAccess } from './access-given-store.ts';
import { sessionView } from './account-routes.ts';
import { isInDuty, requireDuty } from './duty.ts';
import { handOver, holdingsOf } from './hand-over-store.ts';
import { addPerson, changePerson, cityAdministrators, closePerson, findPerson, findPersonByLogin, listPeople, type Person } from './person-store.ts';
import { forgetSecondFactors } from './second-factor-store.ts';
import { dayMs, makeLinkFor } from './sign-in-link.ts';
import { endSessionsOf, listSessions, sessionsOf } from './session-store.ts';

const tags = ['people'];
const admin = { access: { role: 'admin', within: 'own-unit' } } as const;
const params = z.object({ id: z.uuid() });

/** @param endConsole closes the console connections of a session that has ended */
export const peopleRoutes =
  (endConsole: (sessionHash: string) => void): Routes =>
  (app, { db, now, audit }) => {
    const views = async (people: readonly Person[]): Promise<PersonView[]> => {
      const names = new Map((await listPeople(db)).map(({ id, name }) => [id, name]));
      const units = new Map((await listUnits(db)).map(({ code, name }) => [code, name]));
      const sessions = await listSessions(db, now());
      return people.map(({ id, name, login, role, unit, password, hasSecondFactor, createdAt, closedAt, heir }) => {
        const own = sessions.filter(({ person }) => person.id === id);
        const state = closedAt !== null ? 'closed' : password === null && own.length === 0 ? 'invited' : 'active';
        return {
          ...{ id, name, login, role, unit, state, createdAt, closedAt, secondFactor: hasSecondFactor, sessions: own.length },
          unitName: unit === null ? null : (units.get(unit) ?? unit),
          seenAt: own.length === 0 ? null : Math.max(...own.map(({ seenAt }) => seenAt)),
          heir: heir === null ? null : (names.get(heir) ?? null),
        };
      });
    };
    const view = async (id: string): Promise<PersonView> => {
      const [found] = await views([await existing(db, id)]);
      if (!found) throw new Error(`person ${id} is gone`);
      return found;
    };

    const existing = async (queries: Queries, id: string): Promise<Person> => {
      const person = await findPerson(queries, id);
      if (!person) throw new ApiFailure('not-found');
      return person;
    };
    /** A person whom the caller may change. */
    const subject = async (queries: Queries, caller: Caller, id: string): Promise<Person> => {
      const person = await existing(queries, id);
      await requireDuty(queries, caller, [person.unit]);
      if (person.closedAt !== null) throw new ApiFailure('account-closed');
      return person;
    };
    const another = async (queries: Queries, caller: Caller, id: string): Promise<Person> => {
      const person = await subject(queries, caller, id);
      if (person.id === caller.id) throw new ApiFailure('not-oneself');
      return person;
    };
    const requireUnit = async (queries: Queries, caller: Caller, unit: string | null): Promise<void> => {
      if (unit !== null && !(await unitExists(queries, unit))) throw new ApiFailure('unit-unknown', [{ path: 'unit', reason: unit }]);
      await requireDuty(queries, caller, [unit]);
    };
    /** Somebody has to be left who can administer the whole city. */
    const keepAnAdministrator = async (queries: Queries): Promise<void> => {
      if ((await cityAdministrators(queries)).length === 0) throw new ApiFailure('last-administrator');
    };

    const makeLink = async (queries: Queries, person: string, host: string) => {
      const expiresAt = now() + 3 * dayMs;
      const server = (await readServers(queries))[0] ?? `http://${host}`;
      return { link: await makeLinkFor(queries, person, server, expiresAt), expiresAt };
    };

    app.get(
      peoplePaths.people,
      {
        config: { access: { role: 'admin' } },
        schema: { summary: 'The people within one’s unit, closed accounts included', tags, response: { 200: z.array(personViewSchema) } },
      },
      async (request) => {
        const caller = callerOf(request);
        const people: Person[] = [];
        for (const person of await listPeople(db)) if (await isInDuty(db, caller, person.unit)) people.push(person);
        return views(people);
      },
    );

    app.get(
      peoplePaths.units,
      {
        config: { access: { role: 'admin' } },
        schema: { summary: 'The units of today within one’s own', tags, response: { 200: z.array(unitChoiceSchema) } },
      },
      async (request) => {
        const today = new Date(now()).toISOString().slice(0, 10);
        const units: z.infer<typeof unitChoiceSchema>[] = [];
        for (const { code, kind, name, parent, validFrom, validTo } of await listUnits(db)) {
          if (validFrom > today || (validTo !== null && validTo < today)) continue;
          if (await isInDuty(db, callerOf(request), code)) units.push({ code, name: `${kind} ${name}`, parent });
        }
        return units;
      },
    );

    app.post(
      peoplePaths.people,
      {
        config: admin,
        schema: { summary: 'Invite a person; the link signs in once and is answered once', tags, body: newPersonSchema, response: { 201: invitedSchema } },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const { name, login, role, unit } = request.body;
        const { id, link } = await transact(db, async (trx) => {
          await requireUnit(trx, caller, unit);
          if (await findPersonByLogin(trx, login)) throw new ApiFailure('login-taken');
          const person = await addPerson(trx, name, role, now(), { unit, login });
          await noteAccess(trx, person.id, caller.id, now());
          await audit({ who: caller.name, what: 'person.invite', subject: person.id, after: { name, login, role, unit } }, trx);
          return { id: person.id, link: await makeLink(trx, person.id, request.host) };
        });
        return reply.code(201).send({ person: await view(id), ...link });
      },
    );

    app.put(
      peoplePaths.person(':id'),
      {
        config: admin,
        schema: { summary: 'Name, role and unit of a person, whose sessions end', tags, params, body: changePersonSchema, response: { 200: personViewSchema } },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const ended = await transact(db, async (trx) => {
          const { name, role, unit } = await another(trx, caller, id);
          await requireUnit(trx, caller, request.body.unit);
          await changePerson(trx, id, request.body);
          await keepAnAdministrator(trx);
          if (role !== request.body.role || unit !== request.body.unit) await noteAccess(trx, id, caller.id, now());
          await audit({ who: caller.name, what: 'person.change', subject: id, before: { name, role, unit }, after: request.body }, trx);
          return role === request.body.role && unit === request.body.unit ? [] : endSessionsOf(trx, id);
        });
        for (const hash of ended) endConsole(hash);
        return view(id);
      },
    );

    app.post(
      peoplePaths.link(':id'),
      {
        config: admin,
        schema: { summary: 'A new one-time link, such as for a forgotten password', tags, params, response: { 201: personLinkSchema } },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const link = await transact(db, async (trx) => {
          const { id } = await another(trx, caller, request.params.id);
          await noteAccess(trx, id, caller.id, now());
          await audit({ who: caller.name, what: 'person.link', subject: id }, trx);
          return makeLink(trx, id, request.host);
        });
        return reply.code(201).send(link);
      },
    );

    app.post(
      peoplePaths.close(':id'),
      {
        config: admin,
        schema: {
          summary: 'Close an account for ever; its drafts and tokens go to another person',
          tags,
          params,
          body: closePersonSchema,
          response: { 200: personViewSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const { heir } = request.body;
        const ended = await transact(db, async (trx) => {
          const person = await another(trx, caller, id);
          const holdings = await holdingsOf(trx, id, now());
          if (heir === null && holdings.playlists.length + holdings.schedules.length + holdings.tokens.length > 0)
            throw new ApiFailure('heir-needed', holdings);
          if (heir !== null) {
            if (heir === id) throw new ApiFailure('bad-request', [{ path: 'heir', reason: 'is the person who leaves' }]);
            await subject(trx, caller, heir);
            await handOver(trx, id, heir);
          }
          await closePerson(trx, id, heir, now());
          await keepAnAdministrator(trx);
          await audit({ who: caller.name, what: 'person.close', subject: id, before: { name: person.name, ...holdings }, after: { heir } }, trx);
          return endSessionsOf(trx, id);
        });
        for (const hash of ended) endConsole(hash);
        return view(id);
      },
    );

    app.delete(
      peoplePaths.personSecondFactor(':id'),
      {
        config: admin,
        schema: {
          summary: 'Switch off the second factor of a person who has lost telephone and codes; the sessions end',
          tags,
          params,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const ended = await transact(db, async (trx) => {
          const { id, hasSecondFactor } = await another(trx, caller, request.params.id);
          if (!hasSecondFactor) throw new ApiFailure('second-factor-state');
          await forgetSecondFactors(trx, id);
          await noteAccess(trx, id, caller.id, now());
          await audit({ who: caller.name, what: 'person.second-factor.off', subject: id }, trx);
          return endSessionsOf(trx, id);
        });
        for (const hash of ended) endConsole(hash);
        return reply.code(204).send(null);
      },
    );

    app.get(
      peoplePaths.sessions(':id'),
      { config: admin, schema: { summary: 'Open sessions of a person', tags, params, response: { 200: z.array(sessionViewSchema) } } },
      async (request) => {
        const { id } = await subject(db, callerOf(request), request.params.id);
        return (await sessionsOf(db, id, now())).map((session) => sessionView(session));
      },
    );

    app.delete(
      peoplePaths.sessions(':id'),
      { config: admin, schema: { summary: 'End all sessions of a person', tags, params, response: { 204: z.null() } } },
      async (request, reply) => {
        const caller = callerOf(request);
        const ended = await transact(db, async (trx) => {
          const { id } = await subject(trx, caller, request.params.id);
          await audit({ who: caller.name, what: 'person.sessions.end', subject: id }, trx);
          return endSessionsOf(trx, id);
        });
        for (const hash of ended) endConsole(hash);
        return reply.code(204).send(null);
      },
    );
  };
