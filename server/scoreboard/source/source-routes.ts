// Staff API of the figures' source: the address that is asked on a schedule, how it went, and asking it now.
import { setSourceSchema, sourcePaths, sourceViewSchema, type SourceView } from '../../../core/source-api.ts';
import { callerOf, isAtLeast, type Access, type Caller } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import type { Routes } from '../../context.ts';
import { transact } from '../../database/open-database.ts';
import { contestOf } from '../final-desk.ts';
import { whyNotAsked, type FetchRules } from './fetch-file.ts';
import { failureWords } from './pull-words.ts';
import { dueAt, type Puller } from './pull-figures.ts';
import { readSource, readState, writeSource } from './source-store.ts';

const tags = ['scoreboard'];
const change: Access = { role: 'admin', within: 'city' };
const response = { 200: sourceViewSchema };

export const sourceRoutes =
  (puller: Puller, rules: FetchRules): Routes =>
  (app, { db, now, audit, console: tell }) => {
    const view = async (caller: Caller): Promise<SourceView> => {
      const [source, state] = [await readSource(db), await readState(db)];
      return {
        source: source ? { url: source.url, everyMinutes: source.everyMinutes, by: source.name, at: source.at } : null,
        last: (source && state?.last) ?? null,
        nextAt: source ? dueAt(source, state) : null,
        hosts: [...rules.hosts],
        mayChange: isAtLeast(caller.role, 'admin') && caller.unit === undefined,
      };
    };

    app.get(
      sourcePaths.source,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'Where figures are fetched from, and how it went last', tags, response } },
      (request) => view(callerOf(request)),
    );

    app.put(
      sourcePaths.source,
      {
        config: { access: change },
        schema: { summary: 'Fetch figures from this address on a schedule, in the name of whoever sets it', tags, body: setSourceSchema, response },
      },
      async (request) => {
        const { url, everyMinutes } = request.body;
        const caller = callerOf(request);
        const refused = whyNotAsked(url, rules);
        if (refused) throw new ApiFailure('source-refused', [{ path: 'url', reason: failureWords[refused] }]);
        await transact(db, async (trx) => {
          const { campaign } = await contestOf(trx);
          const before = await readSource(trx);
          const source = { campaign: campaign.id, url, everyMinutes, person: caller.id, name: caller.name, at: now() };
          await writeSource(trx, source);
          await audit({ who: caller.name, what: 'scoreboard.source', subject: campaign.id, before, after: source }, trx);
        });
        tell('scoreboard');
        return view(caller);
      },
    );

    app.delete(sourcePaths.source, { config: { access: change }, schema: { summary: 'Fetch figures no more', tags, response } }, async (request) => {
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        const before = await readSource(trx);
        if (!before) return;
        await writeSource(trx, null);
        await audit({ who: caller.name, what: 'scoreboard.source', subject: before.campaign, before }, trx);
      });
      tell('scoreboard');
      return view(caller);
    });

    app.post(
      sourcePaths.pull,
      {
        config: { access: { role: 'editor', within: 'city' } },
        schema: { summary: 'Ask the source now; figures are published, held or refused as with an import', tags, response },
      },
      async (request) => {
        if ((await puller.pull()) === undefined) throw new ApiFailure('not-found');
        return view(callerOf(request));
      },
    );
  };
