// Staff API of targets: what each unit is to reach by the end of a phase, typed or read from a file. Figures published from then on carry them.
import { z } from 'zod';
import { localDay, type Campaign, type Period } from '../../core/campaign.ts';
import { setTargetsSchema, targetFileSchema, targetPaths, targetsViewSchema, type PhaseTargets, type TargetsView } from '../../core/target-api.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { callerOf, isAtLeast, type Access, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App, Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { takeFiles } from '../http/file-bodies.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { checkRows } from './check-rows.ts';
import { contestOf } from './final-desk.ts';
import { formerUnits } from './former-unit-store.ts';
import { sortUnits } from './sort-units.ts';
import { addTargets, listInForce, targetLists } from './target-store.ts';
import { figureFiles, readUpload, workbookType } from './upload.ts';

const tags = ['scoreboard'];
const change: Access = { role: 'editor', within: 'city' };

/** The whole period, and the phases of the plan within it. */
const periodsOf = ({ period, phases }: Campaign): (Period & Pick<PhaseTargets, 'name'>)[] => [
  { name: null, startDate: period.startDate, endDate: period.endDate },
  ...phases.map(({ name, startDate, endDate }) => ({ name, startDate, endDate })),
];
const isSame = (a: Period, b: Period) => a.startDate === b.startDate && a.endDate === b.endDate;

export const targetRoutes: Routes = (root, context) => {
  const { db, now, audit } = context;

  const view = async (caller: Caller): Promise<TargetsView> => {
    const { campaign, inForce } = await contestOf(db);
    const lists = await targetLists(db, campaign);
    const counting = listInForce(lists, campaign.period, localDay(now(), campaign.zone));
    const counts = new Map(inForce?.snapshot.rows.map(({ unit, count }) => [unit, count]));
    const units = sortUnits(await unitsOfTree(db, campaign.tree));
    const phases = periodsOf(campaign).map((phase): PhaseTargets => {
      const list = lists.find((each) => isSame(each, phase));
      const set = list ? { by: list.by, at: list.at, basis: list.basis } : null;
      return { ...phase, inForce: counting !== undefined && isSame(counting, phase), set, targets: list?.targets ?? [] };
    });
    return {
      phases,
      units: units.map((unit) => ({ code: unit.code, name: sentenceCase(fullName(unit)), count: counts.get(unit.code) ?? null })),
      mayChange: isAtLeast(caller.role, 'editor') && caller.unit === undefined,
    };
  };

  root.get(
    targetPaths.targets,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Targets of every unit, by phase, beside the figures in force', tags, response: { 200: targetsViewSchema } },
    },
    (request) => view(callerOf(request)),
  );

  root.put(
    targetPaths.targets,
    {
      config: { access: change },
      schema: {
        summary: 'Set the targets of a phase, all of them at once. Figures that are published from then on carry them',
        tags,
        body: setTargetsSchema,
        response: { 200: targetsViewSchema },
      },
    },
    async (request) => {
      const { startDate, endDate, targets, basis = null } = request.body;
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const { campaign } = await contestOf(trx);
        if (campaign.closedOn !== undefined) throw new ApiFailure('contest-closed');
        if (!periodsOf(campaign).some((phase) => isSame(phase, request.body))) throw new ApiFailure('target-phase-gone');
        const codes = new Set((await unitsOfTree(trx, campaign.tree)).map(({ code }) => code));
        const named = targets.map(({ unit }) => unit);
        if (new Set(named).size !== named.length || !named.every((unit) => codes.has(unit))) throw new ApiFailure('target-unit');
        await requireBasisFile(trx, basis ?? undefined);
        const before = (await targetLists(trx, campaign)).find((list) => isSame(list, request.body));
        const list = { startDate, endDate, targets, basis, by: caller.name, at: now() };
        await addTargets(trx, campaign, list);
        await audit({ who: caller.name, what: 'scoreboard.targets', subject: `${startDate}/${endDate}`, before, after: list }, trx);
      });
      context.console('scoreboard');
      return view(caller);
    },
  );

  root.register(async (app: App) => {
    takeFiles(app, figureFiles);
    app.post(
      targetPaths.read,
      {
        config: { access: change },
        bodyLimit: figureFiles.maxBytes,
        schema: {
          summary: 'Read targets from a file (XLSX, CSV) with a column "Chỉ tiêu"; nothing is set yet',
          tags,
          consumes: ['text/csv', workbookType, 'multipart/form-data'],
          querystring: z.object({ file: z.string().max(200).optional() }),
          response: { 200: targetFileSchema },
        },
      },
      async (request) => {
        const { campaign } = await contestOf(db);
        const { file, read } = await readUpload(request, request.query.file, { figure: 'target' });
        if (!read.ok) throw new ApiFailure('import-unreadable', { file, ...read.unreadable });
        const units = await unitsOfTree(db, campaign.tree);
        const { rows, findings } = checkRows(read.table, { units, former: await formerUnits(db, campaign.tree), current: [] });
        const targets = rows.flatMap(({ unit, count, accepted }) => (accepted && unit && count !== null && count > 0 ? [{ unit, target: count }] : []));
        return { file, targets, findings: findings.filter(({ code }) => code !== 'base-missing' && code !== 'missing-unit') };
      },
    );
  });
};
