// Staff API of an office's own Word template: sent by its administrator, tried before it is kept, and used for every DOCX of the office from then on.
import { z } from 'zod';
import { maxTemplateBytes, reportPaths, templateQuerySchema, templateViewSchema } from '../../../core/report-api.ts';
import { callerOf, type Caller } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import type { App, Routes } from '../../context.ts';
import { transact } from '../../database/open-database.ts';
import { sendKeptFile, shownName, takeFiles } from '../../http/file-bodies.ts';
import { sha256 } from '../../keys/ed25519.ts';
import { fileTypes } from '../file-types.ts';
import { dropTemplate, findTemplate, keepTemplate, type KeptTemplate } from './template-store.ts';

const { docx: docxType } = fileTypes;
const types = [docxType, 'application/octet-stream'];
/** It is always that of the caller's own unit. */
const administering = { access: { role: 'admin', within: 'anywhere' } } as const;
const reading = { access: { role: 'viewer' } } as const;

const viewOf = (kept: KeptTemplate | undefined) => ({
  template: kept ? { name: kept.name, bytes: kept.bytes.length, by: kept.by, at: kept.at } : null,
});
const audited = (kept: KeptTemplate | undefined) => (kept ? { name: kept.name, sha256: sha256(kept.bytes) } : null);

export const templateRoutes: Routes = (root, { db, now, audit }) => {
  const change = async (caller: Caller, kept: KeptTemplate | undefined) => {
    await transact(db, async (trx) => {
      const before = audited(await findTemplate(trx, caller.unit));
      if (kept) await keepTemplate(trx, caller.unit, kept);
      else await dropTemplate(trx, caller.unit);
      await audit({ who: caller.name, what: 'report-template.change', subject: caller.unit ?? 'city', before, after: audited(kept) }, trx);
    });
    return viewOf(kept);
  };

  root.get(
    reportPaths.template,
    {
      config: reading,
      schema: { summary: 'The Word template of the caller’s office, and who sent it', tags: ['reports'], response: { 200: templateViewSchema } },
    },
    async (request) => viewOf(await findTemplate(db, callerOf(request).unit)),
  );

  root.get(
    reportPaths.templateFile,
    {
      config: reading,
      schema: { summary: 'The file of that template', tags: ['reports'], produces: [docxType] },
    },
    async (request, reply) => {
      const kept = await findTemplate(db, callerOf(request).unit);
      if (!kept) throw new ApiFailure('not-found');
      return sendKeptFile(reply, { type: docxType, bytes: kept.bytes }, 'mau-bao-cao');
    },
  );

  root.get(
    reportPaths.templateForm,
    {
      config: reading,
      schema: { summary: 'The usual form as a template to begin from, with every named place', tags: ['reports'], produces: [docxType] },
    },
    async (_request, reply) => {
      const { templateToBeginFrom } = await import('./write-into-template.ts');
      return sendKeptFile(reply, { type: docxType, bytes: await templateToBeginFrom(now()) }, 'mau-de-sua');
    },
  );

  root.delete(
    reportPaths.template,
    {
      config: administering,
      schema: { summary: 'Go back to the usual form', tags: ['reports'], response: { 200: templateViewSchema } },
    },
    (request) => change(callerOf(request), undefined),
  );

  root.register(async (app: App) => {
    takeFiles(app, { types, maxBytes: maxTemplateBytes, tooLarge: 'template-unreadable' });
    app.put(
      reportPaths.template,
      {
        config: administering,
        bodyLimit: maxTemplateBytes,
        schema: {
          summary: 'Write the office’s reports into its own Word template from now on: a .docx with named places',
          tags: ['reports'],
          consumes: types,
          querystring: templateQuerySchema,
          body: z.unknown(),
          response: { 200: templateViewSchema },
        },
      },
      async (request) => {
        const { body } = request;
        const { readTemplate } = await import('./read-template.ts');
        const read = body instanceof Uint8Array ? await readTemplate(body) : ({ ok: false, reason: 'unreadable' } as const);
        if (!read.ok) {
          if (read.reason === 'unreadable') throw new ApiFailure('template-unreadable');
          throw new ApiFailure(
            'template-refused',
            read.problems.map((words) => ({ words })),
          );
        }
        const caller = callerOf(request);
        const name = shownName(request.query.file, 'mau-bao-cao.docx');
        return change(caller, { name, bytes: read.template.bytes, by: caller.name, at: now() });
      },
    );
  });
};
