// Confirming an import: all checks and the new snapshot in one transaction, or nothing. What is held waits for a second person.
import type { z } from 'zod';
import type { Basis } from '../../core/approval-api.ts';
import type { UnitChoices } from '../../core/import-api.ts';
import { confirmedSchema } from '../../core/board-api.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { heldAnswerSchema, holdPaths } from '../../core/hold-api.ts';
import type { Caller } from '../access.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { keepHeading } from './chosen-heading.ts';
import { compareImport, numberInForce } from './compare-import.ts';
import { addHeld } from './hold-store.ts';
import { findImport, keepPreview, setImportState, type PendingImport } from './import-store.ts';
import { chooseUnits } from './make-preview.ts';
import { earlierAnswer, keepAnswer, type KeyedRequest } from './keyed-answer.ts';
import { publishImport } from './publish-import.ts';
import { peopleBehind, senderOf } from './sender.ts';
import type { CurrentSnapshots } from './snapshot-store.ts';
import { keepChoices } from './unit-choice-store.ts';

export type Answer = z.infer<typeof answerSchema>;
/** As it is sent: what was issued, or that it waits. */
const answerSchema = confirmedSchema.or(heldAnswerSchema);

export type Confirmed =
  /** `snapshots` where new figures are in force; none when they wait, or when this is an answer given before. */
  { ok: true; answer: Answer; snapshots?: CurrentSnapshots } | { ok: false; reason: ErrorCode };

export interface Confirmation {
  readonly id: string;
  readonly leaveOutBadRows: boolean;
  /** Why earlier figures were wrong, where these put them right; or why held ones are right. */
  readonly reason?: string | undefined;
  /** The document on which a correction of the final result rests. */
  readonly basis?: Basis | undefined;
  /** What rows mean whose name fits several units. */
  readonly choices: UnitChoices;
  readonly caller: Pick<Caller, 'kind' | 'id' | 'name'>;
  readonly keyed?: KeyedRequest | undefined;
}

type Parts = Pick<ServerContext, 'db' | 'keys' | 'now' | 'audit'>;

/** What was chosen is kept with the import, and as a hint for whoever sent it. */
async function keepChosen(trx: Queries, pending: PendingImport, choices: UnitChoices, at: number): Promise<void> {
  if (choices.length === 0) return;
  const { preview, sender, tree } = pending;
  await keepPreview(trx, preview);
  const written = new Map(preview.rows.map((row) => [row.line, row.written]));
  await keepChoices(
    trx,
    { sender, tree },
    choices.map(({ line, unit }) => ({ written: written.get(line) ?? '', unit })),
    at,
  );
}

async function confirmWithin(trx: Queries, parts: Parts, { id, leaveOutBadRows, reason, basis, choices, caller }: Confirmation): Promise<Confirmed> {
  const found = await findImport(trx, id);
  if (!found) return { ok: false, reason: 'not-found' };
  const at = parts.now();
  if (found.preview.state !== 'pending' || at >= found.preview.expiresAt) return { ok: false, reason: 'import-done' };
  const chosen = await chooseUnits(trx, found, choices);
  if (!chosen.ok) return chosen.reason === 'snapshot-not-in-force' ? { ok: false, reason: 'import-stale' } : chosen;
  const { preview } = chosen;
  const { basedOn } = found;
  const pending = { ...found, preview };
  const compared = await compareImport(trx, pending, basis ?? null);
  if (!compared.ok) return { ok: false, reason: compared.reason === 'snapshot-not-in-force' ? 'import-stale' : compared.reason };
  const { draft, holds, inForce, corrected } = compared;
  if (numberInForce(inForce) !== basedOn) return { ok: false, reason: 'import-stale' };
  if (preview.errors > 0 && !leaveOutBadRows) return { ok: false, reason: 'import-has-errors' };
  if (draft.rows.length === 0) return { ok: false, reason: 'import-empty' };
  await requireBasisFile(trx, basis);
  if ((corrected || holds.length > 0) && reason === undefined) return { ok: false, reason: 'reason-needed' };
  const facts = {
    file: preview.file,
    sample: preview.sample,
    ...(corrected ? { corrects: corrected.snapshot.number, reason } : {}),
    rows: draft.rows.length,
    leftOut: preview.rows.length - draft.rows.length,
    ...(choices.length > 0 ? { choices } : {}),
  };
  const before = inForce && { number: inForce.current.snapshot.number, sha256: inForce.current.sha256 };
  await keepChosen(trx, pending, choices, at);
  if (pending.said) await keepHeading(trx, pending.sender, pending.said, at);
  // A final result is put right by two people, whatever the figures say.
  if (holds.length > 0 || draft.final) {
    const asker = senderOf(caller);
    const firsts = await peopleBehind(trx, [pending.sender, asker]);
    await setImportState(trx, id, 'held');
    await addHeld(trx, {
      import: id,
      comparedWith: basedOn,
      holds,
      reason: reason ?? '',
      basis: draft.final ? (basis ?? null) : null,
      asker,
      askerName: caller.name,
      askedAt: at,
      firsts,
    });
    await parts.audit(
      { who: caller.name, what: 'scoreboard.hold', subject: id, before, after: { ...facts, reason, holds, ...(draft.final ? { basis } : {}) } },
      trx,
    );
    return { ok: true, answer: { state: 'waiting', import: id, holds: holds.length, lookAt: holdPaths.one(id) } };
  }
  const snapshots = await publishImport(trx, parts, { pending, compared, author: caller.name, reason });
  const { snapshot, sha256 } = snapshots.current;
  await parts.audit({ who: caller.name, what: 'scoreboard.confirm', subject: id, before, after: { number: snapshot.number, sha256, ...facts } }, trx);
  return { ok: true, answer: { number: snapshot.number, sha256, issuedAt: snapshot.issuedAt, leftOut: facts.leftOut }, snapshots };
}

/** Makes the import the scoreboard in force, or has it wait. What is refused changes nothing. */
export function confirmImport(parts: Parts, confirmation: Confirmation): Promise<Confirmed> {
  const { keyed } = confirmation;
  return transact(parts.db, async (trx) => {
    const earlier = await earlierAnswer(trx, keyed);
    if (earlier !== undefined) return { ok: true, answer: answerSchema.parse(earlier) };
    const confirmed = await confirmWithin(trx, parts, confirmation);
    if (confirmed.ok) await keepAnswer(trx, keyed, confirmed.answer, parts.now());
    return confirmed;
  });
}
