// Reports as files for offices, and what an office prints around them.
import type { FastifyReply } from 'fastify';
import {
  displayFileQuerySchema,
  letterheadSchema,
  reportPaths,
  resultsFileQuerySchema,
  type DisplayQuery,
  type DisplayReport,
  type FileFormat,
  type Letterhead,
} from '../../core/report-api.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, findCampaign } from '../campaigns/campaign-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { audienceOf } from '../public/board-routes.ts';
import { boardOf } from '../public/board.ts';
import { comparedWith, currentSnapshots, snapshotByNumber } from '../scoreboard/snapshot-store.ts';
import { readSetting, writeSetting } from '../settings/setting-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { sendKeptFile } from '../http/file-bodies.ts';
import { fileTypes } from './file-types.ts';
import { displayPaper } from './files/display-paper.ts';
import type { OfficePaper } from './files/office-paper.ts';
import { resultsPaper } from './files/results-paper.ts';
import { findTemplate } from './template/template-store.ts';

/** What draws is loaded by whoever asks for a file first: most starts of a server never write one. */
async function write(paper: OfficePaper, format: FileFormat, template: Uint8Array | undefined, at: number): Promise<Buffer> {
  if (format === 'docx') return (await import('./template/write-office-docx.ts')).writeOfficeDocx(paper, template, at);
  if (format === 'xlsx') return (await import('./files/write-xlsx.ts')).writeXlsx(paper);
  return (await import('./files/write-pdf.ts')).writePdf(paper, at);
}

interface Wanted {
  readonly format: FileFormat;
  /** Of the file, without an ending. */
  readonly stem: string;
  readonly at: number;
}

/** @param display works out the figures of a query as the console shows them */
export function reportFileRoutes(display: (query: DisplayQuery) => Promise<DisplayReport>): Routes {
  return (app, { db, now, audit }) => {
    const access = { access: { role: 'viewer' } } as const;
    const keyOf = ({ unit }: Caller) => `letterhead:${unit ?? ''}`;
    const send = async (reply: FastifyReply, caller: Caller, paper: OfficePaper, { format, stem, at }: Wanted) => {
      const template = format === 'docx' ? (await findTemplate(db, caller.unit))?.bytes : undefined;
      return sendKeptFile(reply, { type: fileTypes[format], bytes: await write(paper, format, template, at) }, stem);
    };
    const letterheadOf = async (caller: Caller): Promise<Letterhead> => (await readSetting(db, keyOf(caller), letterheadSchema)) ?? letterheadSchema.parse({});

    app.get(
      reportPaths.letterhead,
      {
        config: access,
        schema: { summary: 'What the caller’s office prints around its reports', tags: ['reports'], response: { 200: letterheadSchema } },
      },
      (request) => letterheadOf(callerOf(request)),
    );

    app.put(
      reportPaths.letterhead,
      {
        // It is always that of the caller's own unit.
        config: { access: { role: 'editor', within: 'anywhere' } },
        schema: {
          summary: 'Change what the caller’s office prints around its reports',
          tags: ['reports'],
          body: letterheadSchema,
          response: { 200: letterheadSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        await transact(db, async (trx) => {
          const before = await readSetting(trx, keyOf(caller), letterheadSchema);
          await writeSetting(trx, keyOf(caller), request.body);
          await audit({ who: caller.name, what: 'letterhead.change', subject: caller.unit ?? 'city', before, after: request.body }, trx);
        });
        return letterheadOf(caller);
      },
    );

    app.get(
      reportPaths.displayFile,
      {
        config: access,
        schema: {
          summary: 'What was on air between two local days, as DOCX, XLSX or PDF',
          tags: ['reports'],
          produces: Object.values(fileTypes),
          querystring: displayFileQuerySchema,
        },
      },
      async (request, reply) => {
        const { format, ...query } = request.query;
        const report = await display(query);
        const trial = (await currentCampaign(db))?.trial ?? false;
        const caller = callerOf(request);
        const paper = displayPaper(report, await letterheadOf(caller), trial);
        return send(reply, caller, paper, { format, stem: `bang-chung-phat-${report.from}-${report.to}`, at: report.madeAt });
      },
    );

    app.get(
      reportPaths.resultsFile,
      {
        config: access,
        schema: {
          summary: 'The results of a contest by unit, as DOCX, XLSX or PDF',
          tags: ['reports'],
          produces: Object.values(fileTypes),
          querystring: resultsFileQuerySchema,
        },
      },
      async (request, reply) => {
        const { format, number } = request.query;
        const current = await currentCampaign(db);
        if (!current) throw new ApiFailure('not-found');
        const stored =
          number === undefined ? (await currentSnapshots(db, current.id, current.tree, audienceOf(current)))?.current : await snapshotByNumber(db, number);
        const campaign = stored && (await findCampaign(db, stored.snapshot.campaign));
        if (!stored || !campaign || stored.snapshot.rows.length === 0) throw new ApiFailure('not-found');
        const previous = (await comparedWith(db, stored))?.snapshot;
        const board = boardOf(campaign, stored.snapshot, previous, await unitsOfTree(db, stored.snapshot.tree), now());
        const caller = callerOf(request);
        const paper = resultsPaper(campaign, board, previous, await letterheadOf(caller), now());
        return send(reply, caller, paper, { format, stem: `ket-qua-ky-${stored.snapshot.number}`, at: now() });
      },
    );
  };
}
