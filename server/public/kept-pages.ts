// Pages kept as text while nothing that they are made from has changed: a crowd asks for the same page, and rendering costs a hundred times what looking costs.
import type { ServerContext } from '../context.ts';
import { renderPage, type Page, type RenderedPage } from './page.ts';

/** Figures grey out and leave as time goes by: no page is older than this. */
const longestMs = 60_000;

/** What pages of the scoreboard are made from: the campaign's settings, what is published, the minute. */
async function stateOf({ db, now }: Pick<ServerContext, 'db' | 'now'>): Promise<string> {
  const row = await db
    .selectFrom('campaigns')
    .select((eb) => [
      'id',
      'revision',
      'updated_at',
      eb
        .selectFrom('snapshots')
        .select(({ fn }) => fn.max('number').as('number'))
        .as('latest'),
    ])
    .where('current', '=', 1)
    .executeTakeFirst();
  return JSON.stringify([row?.id, row?.revision, row?.updated_at, row?.latest, Math.floor(now() / longestMs)]);
}

/** @returns gives the page of a name, made anew when its time has come; whoever asks meanwhile waits for the same one */
export function keptPages(parts: Pick<ServerContext, 'db' | 'now'>): (name: string, make: () => Promise<Page>) => Promise<RenderedPage> {
  const kept = new Map<string, { readonly state: string; readonly page: Promise<RenderedPage> }>();
  return async (name, make) => {
    const state = await stateOf(parts);
    const known = kept.get(name);
    if (known?.state === state) return known.page;
    const page = make().then(renderPage);
    kept.set(name, { state, page });
    // What failed is tried again by whoever asks next.
    page.catch(() => kept.delete(name));
    return page;
  };
}
