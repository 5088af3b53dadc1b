// Approvals: what a second person was asked about, by whom, and what came of it. A row is never deleted.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isOpen, stepApproval, type Approval, type ApprovalAct } from '../../core/approval.ts';
import { basisSchema, publishChangeSchema, type ApprovalWay, type Basis, type PublishChange } from '../../core/approval-api.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export interface StoredApproval extends Approval {
  readonly id: string;
  readonly playlist: string;
  readonly revision: number;
  readonly way: ApprovalWay;
  readonly note: string;
  readonly basis: Basis | null;
  readonly changes: readonly PublishChange[];
  readonly screens: readonly string[];
  readonly askerName: string;
  readonly askedAt: number;
  readonly editorName: string | null;
  readonly approverName: string | null;
  readonly approvedAt: number | null;
  readonly settlerName: string | null;
  readonly settledAt: number | null;
  readonly reason: string;
}

export function readBasis(text: string | null): Basis | null {
  return text === null ? null : basisSchema.parse(JSON.parse(text));
}

function toApproval(row: Row<'approvals'>): StoredApproval {
  const { id, playlist, revision, state, digest, way, note, asker, editor, approver, settler, reason } = row;
  return {
    ...{ id, playlist, revision, state, digest, way, note, asker, editor, approver, settler, reason },
    basis: readBasis(row.basis),
    changes: z.array(publishChangeSchema).parse(JSON.parse(row.changes)),
    screens: z.array(z.string()).parse(JSON.parse(row.screens)),
    ...{ askerName: row.asker_name, askedAt: row.asked_at, editorName: row.editor_name },
    ...{ approverName: row.approver_name, approvedAt: row.approved_at, settlerName: row.settler_name, settledAt: row.settled_at },
  };
}

const openStates = ['waiting', 'approved'] as const;

export async function openApprovals(db: Queries): Promise<StoredApproval[]> {
  return (await db.selectFrom('approvals').selectAll().where('state', 'in', openStates).orderBy('asked_at').execute()).map(toApproval);
}

export async function openApproval(db: Queries, playlist: string): Promise<StoredApproval | undefined> {
  const row = await db.selectFrom('approvals').selectAll().where('playlist', '=', playlist).where('state', 'in', openStates).executeTakeFirst();
  return row && toApproval(row);
}

/** The open one, or else the one that was asked for last. */
export async function latestApproval(db: Queries, playlist: string): Promise<StoredApproval | undefined> {
  const open = await openApproval(db, playlist);
  if (open) return open;
  const row = await db.selectFrom('approvals').selectAll().where('playlist', '=', playlist).orderBy('asked_at', 'desc').limit(1).executeTakeFirst();
  return row && toApproval(row);
}

export async function findApproval(db: Queries, playlist: string, id: string): Promise<StoredApproval | undefined> {
  const row = await db.selectFrom('approvals').selectAll().where('playlist', '=', playlist).where('id', '=', id).executeTakeFirst();
  return row && toApproval(row);
}

export interface NewApproval extends Pick<
  StoredApproval,
  'playlist' | 'revision' | 'digest' | 'way' | 'note' | 'changes' | 'screens' | 'editor' | 'editorName'
> {
  readonly basis: Basis | undefined;
  readonly asker: { readonly id: string; readonly name: string };
  readonly at: number;
}

export async function addApproval(db: Queries, approval: NewApproval): Promise<StoredApproval> {
  const { playlist, revision, digest, way, note, changes, screens, editor, editorName, basis, asker, at } = approval;
  const row = await db
    .insertInto('approvals')
    .values({
      ...{ id: randomUUID(), playlist, revision, state: 'waiting', digest, way, note, basis: basis === undefined ? null : JSON.stringify(basis) },
      ...{ changes: JSON.stringify(changes), screens: JSON.stringify(screens), asker: asker.id, asker_name: asker.name, asked_at: at },
      ...{ editor, editor_name: editorName, approver: null, approver_name: null, approved_at: null },
      ...{ settler: null, settler_name: null, settled_at: null, reason: '' },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toApproval(row);
}

export interface Actor {
  readonly name: string;
  readonly at: number;
  readonly reason?: string;
}

/** Writes what a step made of an approval. @returns whether it was still as it was read: nobody else was faster */
export async function keepStep(db: Queries, before: StoredApproval, after: Approval, { name, at, reason = '' }: Actor): Promise<boolean> {
  const approved = after.state === 'approved' ? { approver: after.approver, approver_name: name, approved_at: at } : {};
  const kept = await db
    .updateTable('approvals')
    .set({ state: after.state, settler: after.settler, settler_name: name, settled_at: at, reason, ...approved })
    .where('id', '=', before.id)
    .where('state', '=', before.state)
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

/** After an edit nobody has approved what stands now. Runs inside the transaction of the edit. */
export async function voidApproval(db: Queries, playlist: string, person: string | null, { name, at }: Actor): Promise<void> {
  const open = await openApproval(db, playlist);
  if (!open || !isOpen(open)) return;
  const act: ApprovalAct = { kind: 'edit', by: person };
  const step = stepApproval(open, act);
  if (!step.ok || !(await keepStep(db, open, step.approval, { name, at }))) return;
  await appendAudit(db, at, {
    who: name,
    what: 'approval.void',
    subject: playlist,
    before: { approval: open.id, state: open.state },
    after: { state: 'void' },
  });
}

/** Whether a second person has approved this revision and it was published as approved, or it is as it came with the product. */
export async function isApproved(db: Queries, playlist: string, revision: number): Promise<boolean> {
  const made = await db.selectFrom('playlist_revisions').select('person').where('playlist', '=', playlist).where('revision', '=', revision).executeTakeFirst();
  if (made?.person === null) return true;
  const approval = await db
    .selectFrom('approvals')
    .select('id')
    .where('playlist', '=', playlist)
    .where('revision', '=', revision)
    .where('state', '=', 'published')
    .limit(1)
    .executeTakeFirst();
  return approval !== undefined;
}
