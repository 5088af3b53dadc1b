// Proposals to make figures the final result. A row is never deleted.
import { basisSchema, type Basis } from '../../core/approval-api.ts';
import type { FinalState } from '../../core/final-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export interface Proposal {
  readonly id: string;
  readonly campaign: string;
  readonly tree: string;
  /** Number of the figures that would be final. */
  readonly number: number;
  readonly state: FinalState;
  readonly basis: Basis;
  /** Id of the person. */
  readonly proposer: string;
  readonly proposed: { readonly by: string; readonly at: number };
  readonly settled: { readonly by: string; readonly at: number; readonly reason: string } | null;
  /** Number of the final result that it became. */
  readonly snapshot: number | null;
}

function toProposal(row: Row<'final_proposals'>): Proposal {
  const { id, campaign, tree, number, state, proposer, snapshot, settler_name: settler, settled_at: at } = row;
  return {
    ...{ id, campaign, tree, number, state, proposer, snapshot, basis: basisSchema.parse(JSON.parse(row.basis)) },
    proposed: { by: row.proposer_name, at: row.proposed_at },
    settled: settler === null || at === null ? null : { by: settler, at, reason: row.answer },
  };
}

export type NewProposal = Omit<Proposal, 'state' | 'settled' | 'snapshot'>;

export async function addProposal(trx: Queries, { basis, proposed, ...proposal }: NewProposal): Promise<void> {
  const named = { proposer_name: proposed.by, proposed_at: proposed.at, settler_name: null, settled_at: null, snapshot: null };
  await trx
    .insertInto('final_proposals')
    .values({ ...proposal, ...named, state: 'waiting', basis: JSON.stringify(basis) })
    .execute();
}

export async function findProposal(db: Queries, id: string): Promise<Proposal | undefined> {
  const row = await db.selectFrom('final_proposals').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toProposal(row);
}

/** The latest of a contest in a state. */
export async function proposalIn(db: Queries, contest: { readonly id: string; readonly tree: string }, state: FinalState): Promise<Proposal | undefined> {
  const row = await db
    .selectFrom('final_proposals')
    .selectAll()
    .where('campaign', '=', contest.id)
    .where('tree', '=', contest.tree)
    .where('state', '=', state)
    .orderBy('proposed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toProposal(row);
}

export interface ProposalEnd {
  readonly state: Exclude<FinalState, 'waiting'>;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  readonly snapshot?: number;
}

export async function settleProposal(trx: Queries, id: string, { state, by, at, reason, snapshot = 0 }: ProposalEnd): Promise<void> {
  await trx
    .updateTable('final_proposals')
    .set({ state, settler_name: by, settled_at: at, answer: reason, snapshot: snapshot || null })
    .where('id', '=', id)
    .execute();
}
