// Many screens at once for staff: the template, the table, and the sheet of labels for their boxes.
import { batchAnswerSchema, batchColumns, batchPaths, batchSchema, labelsSchema, labelsUntilHeader } from '../../../core/batch-api.ts';
import { localDay } from '../../../core/campaign.ts';
import { screenPresets } from '../../../core/screen-presets.ts';
import { fullName } from '../../../core/units.ts';
import { sentenceCase } from '../../../core/vietnamese.ts';
import { callerOf } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import { currentCampaign } from '../../campaigns/campaign-store.ts';
import type { Routes } from '../../context.ts';
import { transact } from '../../database/open-database.ts';
import { requireDuty } from '../../people/duty.ts';
import { readServers } from '../../settings/server-addresses.ts';
import { unitByCode } from '../../units/unit-store.ts';
import { makeEnrolment } from '../enrolment.ts';
import { findScreen } from '../screen-store.ts';
import type { BoxLabel } from './draw-labels.ts';
import { makeBatch } from './make-batch.ts';

const tags = ['screens'];
const dayMs = 86_400_000;

/** With one row of each kind as an example; UTF-8 with its mark, so that Excel keeps the letters. */
function template(): string {
  const head = Object.values(batchColumns).map(({ vi }) => vi);
  const rows = screenPresets.map(({ words }, index) => [
    `Màn hình ${index + 1}`,
    'Số nhà, đường',
    'Phường',
    words.vi,
    ...Array.from({ length: head.length - 4 }, () => ''),
  ]);
  return `\ufeff${[head, ...rows].map((cells) => cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\r\n')}\r\n`;
}

export const batchRoutes: Routes = (app, context) => {
  const { db, keys, now, audit, console: tellConsoles } = context;

  app.get(
    batchPaths.template,
    { config: { access: { role: 'viewer' } }, schema: { summary: 'The table to fill in for many screens at once, CSV', tags, produces: ['text/csv'] } },
    (_request, reply) => reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="man-hinh-moi.csv"').send(template()),
  );

  app.post(
    batchPaths.batch,
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: {
        summary: 'Many real screens from a table: looked at row by row, made all or none; they still need boxes',
        tags,
        body: batchSchema,
        response: { 200: batchAnswerSchema },
      },
    },
    async (request) => {
      const answer = await makeBatch(context, callerOf(request), request.body.csv, request.body.confirm);
      if (answer.made.length > 0) tellConsoles('screens');
      return answer;
    },
  );

  app.post(
    batchPaths.labels,
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: {
        summary: 'A sheet of labels, PDF: each with the token with which a box becomes that screen, once',
        tags,
        produces: ['application/pdf'],
        body: labelsSchema,
      },
    },
    async (request, reply) => {
      const { screens, days } = request.body;
      const caller = callerOf(request);
      const server = (await readServers(db))[0] ?? `http://${request.host}`;
      const at = now();
      const labels = await transact(db, async (trx) => {
        const all: BoxLabel[] = [];
        for (const id of screens) {
          const screen = await findScreen(trx, id);
          if (!screen) throw new ApiFailure('not-found');
          await requireDuty(trx, caller, [screen.unit]);
          const unit = screen.unit === null ? undefined : await unitByCode(trx, screen.unit);
          const { token } = await makeEnrolment(trx, id, server, keys.root.sha256, at, days * dayMs);
          all.push({ number: screen.number, name: screen.name, place: screen.place, unit: unit ? sentenceCase(fullName(unit)) : '', token });
        }
        await audit({ who: caller.name, what: 'screen.labels', subject: screens[0] ?? '', after: { screens, days } }, trx);
        return all;
      });
      const zone = (await currentCampaign(db))?.zone ?? 'Asia/Ho_Chi_Minh';
      // What draws is loaded by whoever prints first: most starts of a server never print.
      const { drawLabels } = await import('./draw-labels.ts');
      const pdf = await drawLabels(labels, { server, until: localDay(at + days * dayMs - dayMs, zone), at });
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', 'attachment; filename="nhan-man-hinh.pdf"')
        .header('cache-control', 'private, no-store')
        .header(labelsUntilHeader, at + days * dayMs)
        .send(pdf);
    },
  );
};
