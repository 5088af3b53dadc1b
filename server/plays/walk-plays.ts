// Goes through stored plays in their chains: every entry as it was signed into its chain, and every turn that was closed.
import { playEntrySchema, type PlayEntry } from '../../core/play.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { sha256 } from '../keys/ed25519.ts';
import { manifestFacts } from '../manifests/manifest-facts.ts';
import { usualZone, zonesOf } from './air-time-store.ts';
import type { ClosedTurn } from './turn-sums.ts';

type CloseEntry = Extract<PlayEntry, { kind: 'close' }>;

export interface Chain {
  readonly screen: string;
  readonly chain: string;
}

const readTogether = 2_000;

/** All chains of all screens, found one after the other in the key instead of by reading every entry. */
export async function listChains(db: Queries): Promise<Chain[]> {
  const chains: Chain[] = [];
  for (const { id: screen } of await db.selectFrom('screens').select('id').orderBy('number').execute()) {
    for (let after = ''; ;) {
      const next = await db
        .selectFrom('plays')
        .select('chain')
        .where('screen', '=', screen)
        .where('chain', '>', after)
        .orderBy('chain')
        .limit(1)
        .executeTakeFirst();
      if (!next) break;
      chains.push({ screen, chain: next.chain });
      after = next.chain;
    }
  }
  return chains;
}

async function* rowsOf(db: Queries, { screen, chain }: Chain, until: number): AsyncGenerator<Row<'plays'>> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('plays')
      .selectAll()
      .where('screen', '=', screen)
      .where('chain', '=', chain)
      .where('seq', '>', after)
      .where('seq', '<', until)
      .orderBy('seq')
      .limit(readTogether)
      .execute();
    yield* rows;
    if (rows.length < readTogether) return;
    after = rows.at(-1)?.seq ?? after;
  }
}

/** The ends of these openings that stand at or after a number. */
async function laterCloses(db: Queries, { screen, chain }: Chain, opened: readonly number[], from: number): Promise<CloseEntry[]> {
  if (opened.length === 0) return [];
  const rows = await db
    .selectFrom('plays')
    .select('entry')
    .where('screen', '=', screen)
    .where('chain', '=', chain)
    .where('opened', 'in', opened)
    .where('kind', '=', 'close')
    .where('seq', '>=', from)
    .orderBy('seq')
    .execute();
  return rows.map(({ entry }) => playEntrySchema.parse(JSON.parse(entry)) as CloseEntry);
}

/** Whether the columns of a row say what its entry says. */
function saysTheSame(row: Row<'plays'>, entry: PlayEntry): boolean {
  const item = entry.kind === 'open' ? (entry.substitute?.item ?? entry.item) : null;
  const outcome = entry.kind === 'close' ? entry.outcome : null;
  return row.kind === entry.kind && row.seq === entry.seq && row.at === entry.at && row.item === item && row.outcome === outcome;
}

export interface Walked {
  /** Entries that were gone through. */
  entries: number;
  /** What does not hold, in words. */
  readonly problems: string[];
}

/**
 * @param onTurn called for each turn whose opening and end are both stored
 * @param until only entries with lower numbers are gone through, and the turns that they open
 */
export async function walkChain(db: Queries, of: Chain, onTurn: (turn: ClosedTurn) => void, until = Number.MAX_SAFE_INTEGER): Promise<Walked> {
  const walked: Walked = { entries: 0, problems: [] };
  const open = new Map<number, Omit<ClosedTurn, 'close'>>();
  let zones = new Map<string, string>();
  let before: { seq: number; text: string } | undefined;
  const end = (close: CloseEntry) => {
    const opened = open.get(close.opened);
    if (!open.delete(close.opened) || !opened) return;
    onTurn({ ...opened, close });
  };
  for await (const row of rowsOf(db, of, until)) {
    walked.entries += 1;
    const last = before;
    before = { seq: row.seq, text: row.entry };
    const where = `screen ${of.screen}, chain ${of.chain}, entry ${row.seq}`;
    const { success, data: entry } = playEntrySchema.safeParse(JSON.parse(row.entry));
    if (!success || !saysTheSame(row, entry)) {
      walked.problems.push(`${where}: the row does not say what its entry says`);
      continue;
    }
    if (last && (row.seq !== last.seq + 1 || entry.prev !== sha256(last.text))) walked.problems.push(`${where}: does not follow on entry ${last.seq}`);
    if (entry.kind === 'close') end(entry);
    if (entry.kind !== 'open') continue;
    const { campaign } = row;
    const facts = (await manifestFacts(db, [entry.manifest])).get(entry.manifest);
    zones = zones.has(campaign) ? zones : await zonesOf(db, [...zones.keys(), campaign]);
    const zone = zones.get(campaign) ?? usualZone;
    open.set(entry.seq, { screen: of.screen, campaign, zone, numberOf: (item) => facts?.numbers.get(item) ?? 0, open: entry });
  }
  if (until < Number.MAX_SAFE_INTEGER) for (const close of await laterCloses(db, of, [...open.keys()], until)) end(close);
  return walked;
}
