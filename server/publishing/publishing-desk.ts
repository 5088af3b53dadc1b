// From a draft to the screens: asking a second person, approving, rejecting, withdrawing, publishing. Each act is checked anew, in one transaction.
import { isFirstPerson, stepApproval, type ApprovalAct, type ApprovalRefusal } from '../../core/approval.ts';
import type { askApprovalSchema, Basis } from '../../core/approval-api.ts';
import type { ItemFinding } from '../../core/playlist-api.ts';
import { roles } from '../../core/roles.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { z } from 'zod';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { awaitedOfChannels } from '../manifests/awaited-store.ts';
import { publishPlaylist, type Published } from '../manifests/publish.ts';
import { deputyOf } from '../people/caller.ts';
import { isOneCircle } from '../people/access-given-store.ts';
import { findPerson } from '../people/person-store.ts';
import { findingsOn } from '../playlists/item-findings.ts';
import { requireOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist, type PlaylistRow } from '../playlists/playlist-store.ts';
import { addApproval, findApproval, isApproved, keepStep, openApproval, voidApproval, type StoredApproval } from './approval-store.ts';
import { requireBasisFile } from './basis-store.ts';
import { latestCanary, settleCanary } from './canary-store.ts';
import { contentDigest, outdoorAmong } from './outdoors.ts';
import { publishChanges } from './publish-changes.ts';
import { addPublish } from './publish-store.ts';
import { reachOf, type Reach } from './reach.ts';
import { readinessOf } from './readiness.ts';

export interface PublishingDesk {
  ask(caller: Caller, playlist: string, ask: z.output<typeof askApprovalSchema>): Promise<void>;
  /** @param digest of what the caller has looked at */
  approve(caller: Caller, playlist: string, approval: string, digest: string): Promise<void>;
  reject(caller: Caller, playlist: string, approval: string, reason: string): Promise<void>;
  withdraw(caller: Caller, playlist: string, approval: string): Promise<void>;
  /** @param canary id of the one on a few screens that goes on to all; any other that runs refuses it */
  publish(
    caller: Caller,
    playlist: string,
    revision: number,
    basis: Basis | undefined,
    canary?: string,
  ): Promise<{ issued: Published[]; warnings: ItemFinding[] }>;
  /** Refuses what `publish` would refuse, by what is known now of an instant. Runs inside a transaction. @throws ApiFailure */
  requirePublishable(trx: Queries, caller: Caller, playlist: string, revision: number, at: number): Promise<void>;
}

const codes: Readonly<Record<ApprovalRefusal, ErrorCode>> = {
  'same-person': 'approval-own',
  changed: 'approval-void',
  settled: 'approval-settled',
  'not-approved': 'second-person-needed',
};
const approverGone = {
  advice: {
    vi: 'Tài khoản của người duyệt đã đóng hoặc không còn quyền phê duyệt.',
    en: 'The account of whoever approved is closed, or may not approve any more.',
  },
};

const settledBy = ({ state, settlerName, settledAt, reason }: StoredApproval) => ({ state, by: settlerName, at: settledAt, reason });

/** @throws ApiFailure */
async function requirePlaylist(db: Queries, caller: Caller, id: string): Promise<PlaylistRow> {
  const playlist = await findPlaylist(db, id);
  if (!playlist) throw new ApiFailure('not-found');
  await requireOwnPlaylist(db, caller, id);
  return playlist;
}

/** What would stop a publish, at every act on the way to it. @returns what is only worth mending @throws ApiFailure */
async function requireReady(filesDir: string, db: Queries, playlist: PlaylistRow, reach: Reach, at: number): Promise<ItemFinding[]> {
  const { id, revision } = playlist;
  if (revision === 0) throw new ApiFailure('playlist-empty');
  const findings = await findingsOn(db, id, revision, reach.inService);
  const stopping = findings.filter(({ severity }) => severity === 'error');
  if (stopping.length > 0) throw new ApiFailure('not-legible', stopping);
  const errors = (await readinessOf(db, filesDir, playlist, reach, at)).checks.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ApiFailure('not-ready', errors);
  return findings;
}

/** @throws ApiFailure for whoever may not approve, or came too late */
async function take(db: Queries, approval: StoredApproval, act: ApprovalAct & { by: string }, name: string, at: number, reason = ''): Promise<boolean> {
  const step = stepApproval(approval, act);
  if (!step.ok) throw new ApiFailure(codes[step.reason], step.reason === 'settled' ? settledBy(approval) : undefined);
  if (step.changed && !(await keepStep(db, approval, step.approval, { name, at, reason }))) throw new ApiFailure('approval-settled');
  return step.changed;
}

export function publishingDesk({ db, keys, now, audit, players, filesDir, console: tellConsoles }: ServerContext): PublishingDesk {
  /** One act on an approval that there is. */
  const settle = async (
    caller: Caller,
    playlist: string,
    id: string,
    what: string,
    act: (trx: Queries, approval: StoredApproval, row: PlaylistRow) => Promise<boolean>,
  ): Promise<void> => {
    const changed = await transact(db, async (trx) => {
      const row = await requirePlaylist(trx, caller, playlist);
      const approval = await findApproval(trx, playlist, id);
      if (!approval) throw new ApiFailure('not-found');
      if (!(await act(trx, approval, row))) return false;
      const after = await findApproval(trx, playlist, id);
      const facts = { approval: id, revision: approval.revision, digest: approval.digest };
      await audit(
        { who: caller.name, what, subject: playlist, before: { ...facts, state: approval.state }, after: { state: after?.state, reason: after?.reason } },
        trx,
      );
      return true;
    });
    if (changed) tellConsoles('playlists');
  };

  /** The approval on which a publish would rest: `open` where there is one, and whether it holds for what would go on the screens. @throws ApiFailure */
  const standingApproval = async (trx: Queries, caller: Caller, { id, revision }: PlaylistRow, reach: Reach, isNeeded: boolean) => {
    const open = await openApproval(trx, id);
    if (!open && isNeeded) throw new ApiFailure('second-person-needed');
    if (!open) return undefined;
    const act = { kind: 'publish', by: caller.id, digest: await contentDigest(trx, id, revision, reach) } as const;
    const step = stepApproval(open, act);
    if (!isNeeded && !step.ok) return { open, act, holds: false };
    const approver = open.approver === null ? undefined : await findPerson(trx, open.approver);
    const stoodFor = approver && (await deputyOf(trx, approver, open.approvedAt ?? 0));
    const isGone = approver !== undefined && (approver.closedAt !== null || (!stoodFor && roles.indexOf(approver.role) < roles.indexOf('approver')));
    if (isGone) throw new ApiFailure('approval-void', approverGone);
    if (!step.ok) throw new ApiFailure(codes[step.reason], step.reason === 'settled' ? settledBy(open) : undefined);
    return { open, act, holds: true };
  };

  /** Uses up what was approved. @returns the approval on which a publish rests; null where none is needed @throws ApiFailure */
  const useApproval = async (trx: Queries, caller: Caller, playlist: PlaylistRow, reach: Reach, isNeeded: boolean): Promise<StoredApproval | null> => {
    const standing = await standingApproval(trx, caller, playlist, reach, isNeeded);
    if (!standing) return null;
    const { open, act, holds } = standing;
    if (holds) await take(trx, open, act, caller.name, now());
    else await voidApproval(trx, playlist.id, caller.id, { name: caller.name, at: now() });
    return holds ? open : null;
  };

  return {
    async ask(caller, id, { revision, way, note, basis }) {
      if (way === 'document' && basis?.file === undefined) throw new ApiFailure('basis-needed');
      const asked = await transact(db, async (trx) => {
        const playlist = await requirePlaylist(trx, caller, id);
        if (playlist.revision !== revision) throw new ApiFailure('playlist-changed');
        const reach = await reachOf(trx, id);
        await requireReady(filesDir, trx, playlist, reach, now());
        await requireBasisFile(trx, basis);
        const screens = await outdoorAmong(trx, reach.screens);
        // Indoors too: the next screen of its channel may stand outdoors.
        if (playlist.published_revision === revision && (await isApproved(trx, id, revision))) throw new ApiFailure('nothing-to-approve');
        const digest = await contentDigest(trx, id, revision, reach);
        const open = await openApproval(trx, id);
        if (open?.digest === digest) {
          if (open.asker === caller.id) return false;
          throw new ApiFailure('approval-open', { by: open.askerName, at: open.askedAt });
        }
        await voidApproval(trx, id, caller.id, { name: caller.name, at: now() });
        const editor = playlist.keeper === null ? undefined : await findPerson(trx, playlist.keeper);
        const approval = await addApproval(trx, {
          ...{ playlist: id, revision, digest, way, note, basis, at: now(), asker: caller },
          ...{ changes: await publishChanges(trx, playlist), screens: screens.map(({ name }) => name) },
          ...{ editor: playlist.keeper, editorName: editor?.name ?? null },
        });
        await audit({ who: caller.name, what: 'approval.ask', subject: id, after: { approval: approval.id, revision, digest, way, note, basis } }, trx);
        return true;
      });
      if (asked) tellConsoles('playlists');
    },

    async approve(caller, playlist, id, digest) {
      await settle(caller, playlist, id, 'approval.approve', async (trx, approval, row) => {
        if (!(await findPerson(trx, caller.id))?.hasSecondFactor) throw new ApiFailure('second-factor-needed');
        const firsts = [approval.asker, approval.editor ?? approval.asker];
        if (!isFirstPerson(approval, caller.id) && (await isOneCircle(trx, caller.id, firsts, now()))) throw new ApiFailure('approval-fresh');
        if (digest !== approval.digest) throw new ApiFailure('approval-void');
        const reach = await reachOf(trx, playlist);
        const standing = await contentDigest(trx, playlist, row.revision, reach);
        const changed = await take(trx, approval, { kind: 'approve', by: caller.id, digest: standing }, caller.name, now());
        await requireReady(filesDir, trx, row, reach, now());
        return changed;
      });
    },

    reject: (caller, playlist, id, reason) =>
      settle(caller, playlist, id, 'approval.reject', (trx, approval) => take(trx, approval, { kind: 'reject', by: caller.id }, caller.name, now(), reason)),

    withdraw: (caller, playlist, id) =>
      settle(caller, playlist, id, 'approval.withdraw', (trx, approval) => take(trx, approval, { kind: 'withdraw', by: caller.id }, caller.name, now())),

    async requirePublishable(trx, caller, id, revision, at) {
      const playlist = await requirePlaylist(trx, caller, id);
      if (playlist.revision !== revision) throw new ApiFailure('playlist-changed');
      const reach = await reachOf(trx, id);
      await requireReady(filesDir, trx, playlist, reach, at);
      await standingApproval(trx, caller, playlist, reach, (await outdoorAmong(trx, reach.screens)).length > 0);
    },

    async publish(caller, id, revision, basis, canary) {
      const done = await transact(db, async (trx) => {
        const playlist = await requirePlaylist(trx, caller, id);
        if (playlist.revision !== revision) throw new ApiFailure('playlist-changed');
        const reach = await reachOf(trx, id);
        const { channels } = reach;
        const isNeeded = (await outdoorAmong(trx, reach.screens)).length > 0;
        const warnings = await requireReady(filesDir, trx, playlist, reach, now());
        const tried = await latestCanary(trx, id);
        if (tried?.state === 'running' && tried.id !== canary) throw new ApiFailure('canary-running');
        if (canary !== undefined && !(await settleCanary(trx, canary, { state: 'done', by: caller.name, at: now() }))) throw new ApiFailure('canary-settled');
        // Pressed twice is published once: the second press is told what the first one did.
        const standing = channels.flatMap(({ id: channel, manifest }) =>
          manifest === null ? [] : [{ channel, version: manifest.version, sha256: manifest.sha256, awaits: 0 }],
        );
        const isDone = (await isApproved(trx, id, revision)) || (!isNeeded && !(await openApproval(trx, id)));
        const isAwaited =
          (
            await awaitedOfChannels(
              trx,
              channels.map(({ id: channel }) => channel),
            )
          ).length > 0;
        if (canary === undefined && playlist.published_revision === revision && standing.length === channels.length && isDone && !isAwaited)
          return { issued: standing, warnings };
        const approval = await useApproval(trx, caller, playlist, reach, isNeeded);
        await requireBasisFile(trx, basis);
        const restsOn = approval?.basis ?? basis ?? null;
        const issued = await publishPlaylist(trx, id, revision, channels, { keys, by: caller.name, at: now() });
        await addPublish(trx, {
          ...{ playlist: id, revision, at: now(), person: caller.id, author: caller.name, approval: approval?.id ?? null, basis: restsOn, issued },
        });
        const before = { revision: playlist.published_revision };
        await audit(
          {
            who: caller.name,
            what: 'playlist.publish',
            subject: id,
            before,
            after: { revision, issued, approval: approval?.id, basis: restsOn ?? undefined, canary },
          },
          trx,
        );
        return { issued, warnings };
      });
      players.stateChanged(done.issued.map(({ channel }) => channel));
      tellConsoles('playlists');
      tellConsoles('screens');
      return done;
    },
  };
}
