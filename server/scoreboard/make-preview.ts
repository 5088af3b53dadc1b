// A read table against the campaign in force: units, former units, the snapshot before, and so the preview.
import { randomUUID } from 'node:crypto';
import type { ImportPreview, UnitChoices } from '../../core/import-api.ts';
import { localDay, type Campaign } from '../../core/campaign.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { comparable } from '../../core/scoreboard.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { checkRows } from './check-rows.ts';
import { holdLines, holdsOfDraft } from './compare-import.ts';
import type { RawTable } from './raw-table.ts';
import { formerUnits } from './former-unit-store.ts';
import type { PendingImport } from './import-store.ts';
import { draftOf, previewOf, snapshotRows, type Terms } from './preview.ts';
import { currentSnapshots } from './snapshot-store.ts';
import { targetsOn } from './target-store.ts';
import { earlierChoices } from './unit-choice-store.ts';

/** How long a preview waits to be confirmed. */
export const previewLifeMs = 60 * 60_000;

export type Previewed = { ok: true; preview: ImportPreview; basedOn: number } | { ok: false; reason: ErrorCode };

export interface Received {
  readonly table: RawTable;
  readonly file: string;
  /** Of a workbook: what was read, and what may be. */
  readonly sheet?: string | null | undefined;
  readonly sheets?: readonly string[] | undefined;
  readonly terms: Terms;
  readonly sender: string;
}

type Frame = Pick<ImportPreview, 'id' | 'expiresAt'>;

async function read(
  db: Queries,
  campaign: Campaign,
  { table, file, sheet = null, sheets = [], terms, sender }: Received,
  frame: Frame,
  choices: UnitChoices,
): Promise<Previewed> {
  if (campaign.closedOn !== undefined && terms.corrects === undefined) return { ok: false, reason: 'contest-closed' };
  const units = await unitsOfTree(db, campaign.tree);
  const former = await formerUnits(db, campaign.tree);
  const inForce = await currentSnapshots(db, campaign.id, campaign.tree, 'trial');
  const latest = inForce?.current.snapshot;
  if (terms.corrects !== undefined && (latest?.number !== terms.corrects || latest.rows.length === 0)) return { ok: false, reason: 'snapshot-not-in-force' };
  const bare = { ...draftOf(campaign, [], terms), number: 1, issuedAt: frame.expiresAt };
  // Made-up bases and counts never mix with real ones, nor those of another measure.
  const alike = (snapshot: Snapshot | undefined) => (snapshot && comparable(snapshot, bare) ? snapshot : undefined);
  // Wrong figures are no measure of what is right: a correction takes what it leaves out from those before them.
  const before = terms.corrects === undefined ? latest : inForce?.previous?.snapshot;
  const chosen = new Map(choices.map(({ line, unit }) => [line, unit]));
  const targets = await targetsOn(db, campaign, localDay(terms.cutOff, campaign.zone));
  const checked = checkRows(table, { units, former, current: alike(before)?.rows ?? [], chosen, targets });
  const draft = draftOf(campaign, snapshotRows(checked.rows), terms);
  const holds = holdLines(await holdsOfDraft(db, campaign, draft), units, campaign.zone);
  const suggest = await earlierChoices(db, { sender, tree: campaign.tree });
  const preview = previewOf({ ...frame, file, sheet, sheets: [...sheets], holds }, checked, draft, alike(latest));
  const rows = preview.rows.map((row) => ({ ...row, suggested: row.choices.find(({ code }) => code === suggest(row.written))?.code ?? null }));
  return { ok: true, preview: { ...preview, rows }, basedOn: latest?.number ?? 0 };
}

export function makePreview(db: Queries, campaign: Campaign, received: Received, now: number): Promise<Previewed> {
  return read(db, campaign, received, { id: randomUUID(), expiresAt: now + previewLifeMs }, []);
}

/** The preview again, with what somebody said of names that fit several units. Every choice has to be one that its row offers. */
export async function chooseUnits(db: Queries, pending: PendingImport, choices: UnitChoices): Promise<Previewed> {
  const { preview, table, sender, basedOn } = pending;
  const offered = (line: number, unit: string) => preview.rows.some((row) => row.line === line && row.choices.some(({ code }) => code === unit));
  if (!choices.every(({ line, unit }) => offered(line, unit))) return { ok: false, reason: 'choice-refused' };
  if (!table || choices.length === 0) return { ok: true, preview, basedOn };
  const campaign = await currentCampaign(db);
  if (campaign?.id !== pending.campaign || campaign.tree !== pending.tree) return { ok: false, reason: 'import-stale' };
  const { id, expiresAt, file, sheet, sheets, sample, cutOff, corrects } = preview;
  const terms = { sample, cutOff, ...(corrects === undefined ? {} : { corrects }) };
  return read(db, campaign, { table, file, sheet, sheets, terms, sender }, { id, expiresAt }, choices);
}
