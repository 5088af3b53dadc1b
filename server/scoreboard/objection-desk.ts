// What may be done about an objection, and by whom: raised for a unit within one's duty, answered by the office of the whole city, taken back by the unit. Each act in one transaction.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { answerObjectionSchema, ObjectionList, ObjectionView, raiseObjectionSchema } from '../../core/objection-api.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { isInDuty, requireDuty } from '../people/duty.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { contestOf } from './final-desk.ts';
import { ownObjectionFile } from './objection-files.ts';
import { addObjection, findObjection, isOpenFor, listObjections, settleObjection, type Objection } from './objection-store.ts';
import { publishedSnapshot } from './snapshot-history.ts';
import { snapshotByNumber } from './snapshot-store.ts';
import { sortUnits } from './sort-units.ts';

const mostShown = 200;

export interface ObjectionDesk {
  list(caller: Caller): Promise<ObjectionList>;
  find(caller: Caller, id: string): Promise<Objection>;
  view(caller: Caller, id: string): Promise<ObjectionView>;
  raise(caller: Caller, objection: z.output<typeof raiseObjectionSchema>): Promise<ObjectionView>;
  answer(caller: Caller, id: string, answer: z.output<typeof answerObjectionSchema>): Promise<ObjectionView>;
  withdraw(caller: Caller, id: string): Promise<ObjectionView>;
}

export function objectionDesk({ db, now, audit }: Pick<ServerContext, 'db' | 'now' | 'audit'>): ObjectionDesk {
  const unitsOf = async (caller: Caller, tree: string) => {
    const units = sortUnits(await unitsOfTree(db, tree));
    const within = await Promise.all(units.map(({ code }) => isInDuty(db, caller, code)));
    return units.filter((_unit, index) => within[index]);
  };

  const viewOf = async (caller: Caller, objection: Objection, names: ReadonlyMap<string, string>): Promise<ObjectionView> => {
    const { campaign: _campaign, tree: _tree, person, ...facts } = objection;
    const row = (await snapshotByNumber(db, objection.snapshot))?.snapshot.rows.find(({ unit }) => unit === objection.unit);
    const mayAct = objection.state === 'open' && isAtLeast(caller.role, 'editor');
    return {
      ...facts,
      unitName: names.get(objection.unit) ?? objection.unit,
      figure: row ? { count: row.count, base: row.base } : null,
      may: { answer: mayAct && caller.unit === undefined && person !== caller.id, withdraw: mayAct && (person === caller.id || caller.unit !== undefined) },
    };
  };
  const namesOf = async (tree: string) => new Map((await unitsOfTree(db, tree)).map((unit) => [unit.code, sentenceCase(fullName(unit))]));

  /** @throws ApiFailure for whoever's duty does not reach the unit */
  const find = async (queries: Queries, caller: Caller, id: string): Promise<Objection> => {
    const objection = await findObjection(queries, id);
    if (!objection) throw new ApiFailure('not-found');
    await requireDuty(queries, caller, [objection.unit]);
    return objection;
  };
  const view = async (caller: Caller, id: string) => {
    const objection = await find(db, caller, id);
    return viewOf(caller, objection, await namesOf(objection.tree));
  };
  const settle = async (caller: Caller, id: string, check: (objection: Objection) => void, state: 'answered' | 'accepted' | 'withdrawn', answer: string) => {
    await transact(db, async (trx) => {
      const objection = await find(trx, caller, id);
      check(objection);
      if (!(await settleObjection(trx, id, { state, by: caller.name, at: now(), answer }))) throw new ApiFailure('objection-settled');
      const { snapshot, unit, raised } = objection;
      await audit({ who: caller.name, what: `scoreboard.objection.${state}`, subject: id, before: { snapshot, unit, raised }, after: { answer } }, trx);
    });
    return view(caller, id);
  };

  return {
    view,
    find: (caller, id) => find(db, caller, id),

    async list(caller) {
      const { campaign, inForce } = await contestOf(db);
      const units = await unitsOf(caller, campaign.tree);
      const list = await listObjections(db, campaign, caller.unit === undefined ? undefined : units.map(({ code }) => code), mostShown);
      const names = await namesOf(campaign.tree);
      return {
        inForce: inForce?.snapshot.number ?? null,
        units: isAtLeast(caller.role, 'editor') ? units.map(({ code }) => ({ code, name: names.get(code) ?? code })) : [],
        objections: await Promise.all(list.map((objection) => viewOf(caller, objection, names))),
      };
    },

    async raise(caller, { snapshot: number, unit, words, file }) {
      const id = randomUUID();
      await transact(db, async (trx) => {
        await requireDuty(trx, caller, [unit]);
        const campaign = await currentCampaign(trx);
        const published = await publishedSnapshot(trx, number);
        const { snapshot } = published ?? {};
        if (!campaign || snapshot?.campaign !== campaign.id || snapshot.tree !== campaign.tree || (snapshot.sample && !campaign.trial))
          throw new ApiFailure('not-found');
        if (!(await unitsOfTree(trx, campaign.tree)).some(({ code }) => code === unit)) throw new ApiFailure('not-found');
        if (published?.replacedBy) throw new ApiFailure('objection-outdated', { replacedBy: published.replacedBy.number });
        if (await isOpenFor(trx, number, unit)) throw new ApiFailure('objection-open');
        if (!(await ownObjectionFile(trx, file.sha256, caller.id))) throw new ApiFailure('objection-file');
        const raised = { by: caller.name, at: now() };
        await addObjection(trx, { ...{ id, campaign: campaign.id, tree: campaign.tree, snapshot: number, unit, words, file, raised }, person: caller.id });
        await audit({ who: caller.name, what: 'scoreboard.objection.raise', subject: id, after: { snapshot: number, unit, words, file } }, trx);
      });
      return view(caller, id);
    },

    answer: (caller, id, { accept, answer }) =>
      settle(
        caller,
        id,
        ({ person }) => {
          if (person === caller.id) throw new ApiFailure('objection-own');
        },
        accept ? 'accepted' : 'answered',
        answer,
      ),

    withdraw: (caller, id) =>
      settle(
        caller,
        id,
        ({ person }) => {
          // Whoever answers for the whole city does not end the objection of a unit by calling it withdrawn.
          if (caller.unit === undefined && person !== caller.id) throw new ApiFailure('objection-of-unit');
        },
        'withdrawn',
        '',
      ),
  };
}
