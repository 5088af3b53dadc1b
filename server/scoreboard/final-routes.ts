// Staff API of the end of a contest: the final result proposed by one person and confirmed, or refused, by a second one.
import { z } from 'zod';
import { issuedSchema } from '../../core/board-api.ts';
import { errors, type ErrorCode } from '../../core/errors.ts';
import {
  confirmFinalSchema,
  finalPaths,
  finalViewSchema,
  proposeFinalSchema,
  refuseFinalSchema,
  type FinalProposal,
  type FinalView,
} from '../../core/final-api.ts';
import { callerOf, isAtLeast, type Access, type Caller } from '../access.ts';
import type { Routes, ServerContext } from '../context.ts';
import { contestOf, finalDesk, whyNotConfirm, whyNotFinal, type Contest } from './final-desk.ts';
import { finalDigest } from './final-draft.ts';
import { proposalIn, type Proposal } from './final-store.ts';
import { announce } from './issue.ts';

const first: Access = { role: 'editor', within: 'city' };
const second: Access = { role: 'approver', within: 'city' };
const params = z.object({ id: z.uuid() });

const wordsOf = (code: ErrorCode) => ({ vi: errors[code].vi, en: errors[code].en });

type Parts = Pick<ServerContext, 'db' | 'now'>;

async function proposalView({ db, now }: Parts, caller: Caller, proposal: Proposal, contest: Contest): Promise<FinalProposal> {
  const { id, state, number, basis, proposed, settled, snapshot } = proposal;
  const isWaiting = state === 'waiting';
  const refusal = isWaiting ? await whyNotConfirm(db, caller, proposal, contest, now()) : undefined;
  const { inForce } = contest;
  return {
    ...{ id, state, number, basis, proposed, settled, snapshot },
    digest: isWaiting && inForce?.snapshot.number === number ? finalDigest(inForce, basis) : null,
    may: {
      confirm: isWaiting && refusal === undefined,
      refuse: isWaiting && isAtLeast(caller.role, 'approver') && caller.unit === undefined,
      withdraw: isWaiting && proposal.proposer === caller.id,
    },
    why: refusal === undefined ? null : wordsOf(refusal),
  };
}

async function finalView(parts: Parts, caller: Caller): Promise<FinalView> {
  const contest = await contestOf(parts.db);
  const { campaign, inForce } = contest;
  const refusal = whyNotFinal(contest, parts.now());
  const waiting = await proposalIn(parts.db, campaign, 'waiting');
  const confirmed = campaign.closedOn === undefined ? undefined : await proposalIn(parts.db, campaign, 'confirmed');
  return {
    closedOn: campaign.closedOn ?? null,
    proposable: refusal === undefined && !waiting ? (inForce?.snapshot.number ?? null) : null,
    why: refusal === undefined || !inForce ? null : wordsOf(refusal),
    waiting: waiting ? await proposalView(parts, caller, waiting, contest) : null,
    confirmed: confirmed ? await proposalView(parts, caller, confirmed, contest) : null,
  };
}

export const finalRoutes: Routes = (app, context) => {
  const desk = finalDesk(context);
  const changed = (caller: Caller) => {
    context.console('scoreboard');
    return finalView(context, caller);
  };

  app.get(
    finalPaths.view,
    {
      config: { access: { role: 'viewer', scope: 'scoreboard' } },
      schema: { summary: 'Whether the result of the contest is final, and who proposed it', tags: ['scoreboard'], response: { 200: finalViewSchema } },
    },
    async (request) => finalView(context, callerOf(request)),
  );

  app.post(
    finalPaths.view,
    {
      config: { access: first },
      schema: {
        summary: 'Propose the figures in force as the final result, with the document it rests on; a second person confirms it',
        tags: ['scoreboard'],
        body: proposeFinalSchema,
        response: { 200: finalViewSchema },
      },
    },
    async (request) => {
      const { number, basis } = request.body;
      await desk.propose(callerOf(request), number, basis);
      return changed(callerOf(request));
    },
  );

  app.post(
    finalPaths.confirm(':id'),
    {
      config: { access: second },
      schema: {
        summary: 'Make the proposed figures the final result, as the second person: a new signed number on every screen, and no new figures after it',
        tags: ['scoreboard'],
        params,
        body: confirmFinalSchema,
        response: { 200: issuedSchema },
      },
    },
    async (request) => {
      const issued = announce(context, await desk.confirm(callerOf(request), request.params.id, request.body.digest));
      // The result phase begins with other content.
      context.players.stateChanged();
      return issued;
    },
  );

  app.post(
    finalPaths.refuse(':id'),
    {
      config: { access: second },
      schema: {
        summary: 'Refuse a proposed final result, with a reason',
        tags: ['scoreboard'],
        params,
        body: refuseFinalSchema,
        response: { 200: finalViewSchema },
      },
    },
    async (request) => {
      await desk.refuse(callerOf(request), request.params.id, request.body.reason);
      return changed(callerOf(request));
    },
  );

  app.post(
    finalPaths.withdraw(':id'),
    {
      config: { access: first },
      schema: { summary: 'Take back one’s own proposal of the final result', tags: ['scoreboard'], params, response: { 200: finalViewSchema } },
    },
    async (request) => {
      await desk.withdraw(callerOf(request), request.params.id);
      return changed(callerOf(request));
    },
  );
};
