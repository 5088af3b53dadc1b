// Staff API of the scoreboard's imports: preview a file, look at it again, confirm it.
import { z } from 'zod';
import { chooseSchema, confirmSchema, importPreviewSchema, importQuerySchema, importPaths } from '../../core/import-api.ts';
import { confirmedSchema } from '../../core/board-api.ts';
import { heldAnswerSchema } from '../../core/hold-api.ts';
import { callerOf, type Access } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { App, Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { takeFiles } from '../http/file-bodies.ts';
import { chosenHeading, rememberedHeadings } from './chosen-heading.ts';
import { confirmImport } from './confirm-import.ts';
import { findImport } from './import-store.ts';
import { keepImport, requireTable, termsOf } from './keep-import.ts';
import { announce } from './issue.ts';
import { earlierAnswer, keepAnswer, keyedRequest, keyHeaderSchema } from './keyed-answer.ts';
import { chooseUnits } from './make-preview.ts';
import { senderOf } from './sender.ts';
import { figureFiles, readUpload, workbookType } from './upload.ts';

// A snapshot has the figures of all units.
const access: Access = { role: 'editor', scope: 'scoreboard', within: 'city' };

export const importRoutes: Routes = (root, context) => {
  const { db, now } = context;
  root.register(async (app: App) => {
    takeFiles(app, figureFiles);

    app.post(
      importPaths.imports,
      {
        config: { access },
        bodyLimit: figureFiles.maxBytes,
        schema: {
          summary: 'Preview a scoreboard file (XLSX, CSV, a form with one file, or JSON rows); nothing is taken yet',
          tags: ['scoreboard'],
          consumes: ['text/csv', workbookType, 'multipart/form-data', 'application/json'],
          headers: keyHeaderSchema,
          querystring: importQuerySchema,
          response: { 200: importPreviewSchema },
        },
      },
      async (request) => {
        const campaign = await currentCampaign(db);
        if (!campaign) throw new ApiFailure('not-found');
        const { name: author, ...caller } = callerOf(request);
        const sender = senderOf(caller);
        const { file, sheet: wanted } = request.query;
        const heading = chosenHeading(request.query);
        const upload = await readUpload(request, file, { sheet: wanted, heading, remembered: await rememberedHeadings(db, sender) });
        const { query } = request;
        const said = { sample: query.sample === undefined ? undefined : query.sample === 'true', cutOff: query.cutOff, corrects: query.corrects };
        const inBody = { sample: upload.sample, cutOff: upload.cutOff, corrects: upload.corrects };
        const terms = termsOf(campaign, { ...said, ...Object.fromEntries(Object.entries(inBody).filter(([, value]) => value !== undefined)) }, now());
        const read = requireTable(upload);
        const createdAt = now();
        const keyed = keyedRequest(request);
        return transact(db, async (trx) => {
          const earlier = await earlierAnswer(trx, keyed);
          if (earlier !== undefined) return importPreviewSchema.parse(earlier);
          const preview = await keepImport(trx, campaign, { file: upload.file, read, terms, sender, author }, createdAt);
          await keepAnswer(trx, keyed, preview, createdAt);
          return preview;
        });
      },
    );

    app.get(
      importPaths.import(':id'),
      {
        config: { access },
        schema: { summary: 'A preview again', tags: ['scoreboard'], params: z.object({ id: z.uuid() }), response: { 200: importPreviewSchema } },
      },
      async (request) => {
        const found = await findImport(db, request.params.id);
        if (!found) throw new ApiFailure('not-found');
        return found.preview;
      },
    );

    app.post(
      importPaths.choose(':id'),
      {
        config: { access },
        schema: {
          summary: 'What a preview would be with these units for rows whose name fits several; nothing is kept, the confirmation carries the choices',
          tags: ['scoreboard'],
          params: z.object({ id: z.uuid() }),
          body: chooseSchema,
          response: { 200: importPreviewSchema },
        },
      },
      async (request) => {
        const found = await findImport(db, request.params.id);
        if (!found) throw new ApiFailure('not-found');
        if (found.preview.state !== 'pending' || now() >= found.preview.expiresAt) throw new ApiFailure('import-done');
        const chosen = await chooseUnits(db, found, request.body.choices);
        if (!chosen.ok) throw new ApiFailure(chosen.reason);
        return chosen.preview;
      },
    );

    app.post(
      importPaths.confirm(':id'),
      {
        config: { access },
        schema: {
          summary: 'Confirm a preview: it becomes the next snapshot, on every screen at once; or, with figures that are held, it waits for a second person',
          tags: ['scoreboard'],
          params: z.object({ id: z.uuid() }),
          headers: keyHeaderSchema,
          body: confirmSchema,
          response: { 200: confirmedSchema, 202: heldAnswerSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const confirmed = await confirmImport(context, { id, ...request.body, caller: callerOf(request), keyed: keyedRequest(request) });
        if (!confirmed.ok) throw new ApiFailure(confirmed.reason);
        const { answer, snapshots } = confirmed;
        if (snapshots) announce(context, snapshots);
        if (!('state' in answer)) return answer;
        context.console('scoreboard');
        return reply.code(202).header('location', answer.lookAt).send(answer);
      },
    );
  });
};
