// The end of a contest in two acts: one person proposes the figures in force as the final result, a second one makes it so. Each act is checked anew, in one transaction.
import { randomUUID } from 'node:crypto';
import type { Basis } from '../../core/approval-api.ts';
import { closed, localDay, mayClose, type Campaign } from '../../core/campaign.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { finalDigest, finalDraft } from './final-draft.ts';
import { addProposal, findProposal, proposalIn, settleProposal, type Proposal } from './final-store.ts';
import { whyNotSecond } from './second-person.ts';
import { addSnapshot, comparedWith, currentSnapshots, type CurrentSnapshots, type StoredSnapshot } from './snapshot-store.ts';

export interface FinalDesk {
  propose(caller: Caller, number: number, basis: Basis): Promise<void>;
  confirm(caller: Caller, id: string, digest: string): Promise<CurrentSnapshots>;
  refuse(caller: Caller, id: string, reason: string): Promise<void>;
  withdraw(caller: Caller, id: string): Promise<void>;
}

export interface Contest {
  readonly campaign: Campaign;
  readonly inForce: StoredSnapshot | undefined;
}

/** The campaign and the figures in force that its result may be made of: made-up ones only in a trial. */
export async function contestOf(db: Queries): Promise<Contest> {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new ApiFailure('not-found');
  const snapshots = await currentSnapshots(db, campaign.id, campaign.tree, campaign.trial ? 'trial' : 'real');
  return { campaign, inForce: snapshots && snapshots.current.snapshot.rows.length > 0 ? snapshots.current : undefined };
}

/** Why the result cannot be made final now, whoever asks. */
export function whyNotFinal({ campaign, inForce }: Contest, now: number): ErrorCode | undefined {
  if (campaign.closedOn !== undefined) return 'contest-closed';
  if (!mayClose(campaign, localDay(now, campaign.zone))) return 'contest-running';
  return inForce ? undefined : 'snapshot-not-in-force';
}

/** Why this person does not make a proposal final; undefined for whoever may. */
export async function whyNotConfirm(db: Queries, caller: Caller, proposal: Proposal, contest: Contest, now: number): Promise<ErrorCode | undefined> {
  const { campaign, inForce } = contest;
  const isSame = campaign.id === proposal.campaign && campaign.tree === proposal.tree && inForce?.snapshot.number === proposal.number;
  const firsts = { asker: `person:${proposal.proposer}`, firsts: [proposal.proposer] };
  const second = () => whyNotSecond(db, caller, firsts, { sample: inForce?.snapshot.sample ?? false, now, own: 'final-own' });
  return whyNotFinal(contest, now) ?? (isSame ? await second() : 'final-changed');
}

/** @throws ApiFailure */
async function requireWaiting(trx: Queries, id: string): Promise<Proposal> {
  const proposal = await findProposal(trx, id);
  if (!proposal) throw new ApiFailure('not-found');
  if (proposal.state !== 'waiting') throw new ApiFailure('final-settled', { state: proposal.state, ...proposal.settled, snapshot: proposal.snapshot });
  return proposal;
}

export function finalDesk({ db, keys, now, audit }: Pick<ServerContext, 'db' | 'keys' | 'now' | 'audit'>): FinalDesk {
  const drop = (caller: Caller, id: string, state: 'refused' | 'withdrawn', reason: string, check: (proposal: Proposal) => void): Promise<void> =>
    transact(db, async (trx) => {
      const { number, basis, proposed, ...proposal } = await requireWaiting(trx, id);
      check({ number, basis, proposed, ...proposal });
      await settleProposal(trx, id, { state, by: caller.name, at: now(), reason });
      await audit(
        {
          who: caller.name,
          what: `scoreboard.final.${state === 'refused' ? 'refuse' : 'withdraw'}`,
          subject: id,
          before: { number, basis, proposed },
          after: { state, reason },
        },
        trx,
      );
    });

  return {
    propose: (caller, number, basis) =>
      transact(db, async (trx) => {
        const contest = await contestOf(trx);
        const { campaign, inForce } = contest;
        const refusal = whyNotFinal(contest, now()) ?? (inForce?.snapshot.number === number ? undefined : 'snapshot-not-in-force');
        if (refusal) throw new ApiFailure(refusal);
        if (await proposalIn(trx, campaign, 'waiting')) throw new ApiFailure('final-waits');
        await requireBasisFile(trx, basis);
        const id = randomUUID();
        const at = now();
        await addProposal(trx, {
          ...{ id, campaign: campaign.id, tree: campaign.tree, number, basis },
          proposer: caller.id,
          proposed: { by: caller.name, at },
        });
        await audit({ who: caller.name, what: 'scoreboard.final.propose', subject: id, after: { number, basis } }, trx);
      }),

    confirm: (caller, id, digest) =>
      transact(db, async (trx) => {
        const proposal = await requireWaiting(trx, id);
        const contest = await contestOf(trx);
        const { campaign, inForce } = contest;
        const at = now();
        const refusal = await whyNotConfirm(trx, caller, proposal, contest, at);
        if (refusal) throw new ApiFailure(refusal);
        const { basis } = proposal;
        if (!inForce || finalDigest(inForce, basis) !== digest) throw new ApiFailure('final-changed');
        const { comparedTo } = inForce;
        const current = await addSnapshot(trx, keys, finalDraft(inForce, basis), at, { author: caller.name, comparedTo });
        const { number } = current.snapshot;
        await settleProposal(trx, id, { state: 'confirmed', by: caller.name, at, reason: '', snapshot: number });
        const after = closed(campaign, localDay(at, campaign.zone));
        await putCurrentCampaign(trx, after, at);
        await republish(trx, await listChannels(trx), { keys, by: caller.name, at });
        await audit(
          {
            ...{ who: caller.name, what: 'scoreboard.final.confirm', subject: id },
            before: { number: inForce.snapshot.number, sha256: inForce.sha256, proposed: proposal.proposed, period: campaign.period },
            after: { number, sha256: current.sha256, digest, basis, closedOn: after.closedOn, period: after.period },
          },
          trx,
        );
        return { current, previous: await comparedWith(trx, current) };
      }),

    refuse: (caller, id, reason) => drop(caller, id, 'refused', reason, () => undefined),

    withdraw: (caller, id) =>
      drop(caller, id, 'withdrawn', '', ({ proposer }) => {
        if (proposer !== caller.id) throw new ApiFailure('not-allowed');
      }),
  };
}
