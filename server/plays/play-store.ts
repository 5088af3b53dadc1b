// Proof of play as it was received: every entry once, in its chain.
import type { PlayView } from '../../core/play-api.ts';
import { playEntrySchema, type PlayEntry } from '../../core/play.ts';
import type { Queries } from '../database/open-database.ts';
import { manyRows } from '../database/many-rows.ts';
import type { NewRow } from '../database/schema.ts';

export interface StoredEntry {
  readonly seq: number;
  readonly text: string;
}

export async function lastEntry(db: Queries, screen: string, chain: string): Promise<StoredEntry | undefined> {
  return db
    .selectFrom('plays')
    .select(['seq', 'entry as text'])
    .where('screen', '=', screen)
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The stored entries of a chain between two numbers, both included. */
export async function entriesBetween(db: Queries, screen: string, chain: string, from: number, to: number): Promise<StoredEntry[]> {
  return db
    .selectFrom('plays')
    .select(['seq', 'entry as text'])
    .where('screen', '=', screen)
    .where('chain', '=', chain)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute();
}

export interface Received {
  readonly screen: string;
  readonly chain: string;
  readonly receivedAt: number;
}

export interface ReceivedEntry {
  readonly entry: PlayEntry;
  readonly text: string;
  readonly campaign: string;
}

function toRow({ entry, text, campaign }: ReceivedEntry, { screen, chain, receivedAt }: Received): NewRow<'plays'> {
  const open = entry.kind === 'open' ? entry : undefined;
  const close = entry.kind === 'close' ? entry : undefined;
  return {
    ...{
      screen,
      chain,
      campaign,
      seq: entry.seq,
      kind: entry.kind,
      at: entry.at,
      clock_trusted: entry.clockTrusted ? 1 : 0,
      entry: text,
      received_at: receivedAt,
    },
    ...{ item: open?.substitute?.item ?? open?.item ?? null, scene: open?.scene ?? null, manifest: open?.manifest ?? null },
    ...{ opened: close?.opened ?? null, outcome: close?.outcome ?? null },
  };
}

const addRows = manyRows((db, rows: readonly NewRow<'plays'>[]) =>
  db
    .insertInto('plays')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
);

/** Adds entries; one that is there already stays as it is. */
export async function addEntries(db: Queries, entries: readonly ReceivedEntry[], received: Received): Promise<void> {
  await addRows(
    db,
    entries.map((entry) => toRow(entry, received)),
  );
}

/** The latest turns of a screen with their ends, newest first. */
export async function latestPlays(db: Queries, screen: string, limit: number): Promise<PlayView[]> {
  const rows = await db
    .selectFrom('plays as open')
    .leftJoin('plays as close', (join) =>
      join
        .onRef('close.screen', '=', 'open.screen')
        .onRef('close.chain', '=', 'open.chain')
        .onRef('close.opened', '=', 'open.seq')
        .on('close.kind', '=', 'close'),
    )
    .select([
      'open.chain',
      'open.seq',
      'open.item',
      'open.scene',
      'open.manifest',
      'open.at as startedAt',
      'open.clock_trusted',
      'close.at as endedAt',
      'close.outcome',
    ])
    .where('open.screen', '=', screen)
    .where('open.kind', '=', 'open')
    .orderBy('open.at', 'desc')
    .orderBy('open.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ chain, seq, item, scene, manifest, startedAt, clock_trusted, endedAt, outcome }) => ({
    ...{ screen, chain, seq, item: item ?? '', scene: scene ?? '', manifest: manifest ?? '', startedAt, endedAt, outcome, clockTrusted: clock_trusted === 1 },
  }));
}

type OpenEntry = Extract<PlayEntry, { kind: 'open' }>;
type CloseEntry = Extract<PlayEntry, { kind: 'close' }>;

/** A turn as its screen recorded it; without an end while that is not in yet. */
export interface RecordedTurn {
  readonly open: OpenEntry;
  readonly close: CloseEntry | undefined;
}

const readEntry = (text: string): PlayEntry => playEntrySchema.parse(JSON.parse(text));
/** A turn lasts an hour at most; this many of the shortest fit into two. */
const mostTurns = 7_500;

/** What a screen recorded as begun in `[from, until)`, oldest first. */
export async function turnsRecorded(db: Queries, screen: string, from: number, until: number): Promise<RecordedTurn[]> {
  const rows = await db
    .selectFrom('plays as open')
    .leftJoin('plays as close', (join) =>
      join
        .onRef('close.screen', '=', 'open.screen')
        .onRef('close.chain', '=', 'open.chain')
        .onRef('close.opened', '=', 'open.seq')
        .on('close.kind', '=', 'close'),
    )
    .select(['open.entry as open', 'close.entry as close'])
    .where('open.screen', '=', screen)
    .where('open.kind', '=', 'open')
    .where('open.at', '>=', from)
    .where('open.at', '<', until)
    .orderBy('open.at')
    .orderBy('open.seq')
    .limit(mostTurns)
    .execute();
  return rows.flatMap((row) => {
    const [open, close] = [readEntry(row.open), row.close === null ? undefined : readEntry(row.close)];
    return open.kind === 'open' ? [{ open, close: close?.kind === 'close' ? close : undefined }] : [];
  });
}
