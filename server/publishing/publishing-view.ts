// How far a playlist is on its way to the screens, and what whoever asks may do about it.
import { isFirstPerson, isOpen } from '../../core/approval.ts';
import type { ApprovalView, Publishing, Stage } from '../../core/approval-api.ts';
import { errors, type ErrorCode } from '../../core/errors.ts';
import { isAtLeast, type Caller } from '../access.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { isOneCircle } from '../people/access-given-store.ts';
import { findPerson } from '../people/person-store.ts';
import { isOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist, type PlaylistRow } from '../playlists/playlist-store.ts';
import { isApproved, latestApproval, openApproval, openApprovals, type StoredApproval } from './approval-store.ts';
import { contentDigest, outdoorScreens } from './outdoors.ts';
import { publishChanges } from './publish-changes.ts';

/** Where the latest revision of a playlist stands. */
export async function stageOf(db: Queries, { id, revision, published_revision }: PlaylistRow): Promise<Stage> {
  const open = await openApproval(db, id);
  if (open?.revision === revision && (open.state === 'waiting' || open.state === 'approved') && open.digest === (await contentDigest(db, id, revision)))
    return open.state;
  return published_revision === revision && revision > 0 ? 'playing' : 'draft';
}

/** Why a caller cannot approve; undefined for whoever can. */
async function whyNot(db: Queries, caller: Caller, approval: StoredApproval, isStale: boolean, now: number): Promise<ErrorCode | undefined> {
  if (isStale) return 'approval-void';
  if (!isAtLeast(caller.role, 'approver')) return caller.heldBack === undefined ? 'not-allowed' : 'second-factor-needed';
  if (!(await isOwnPlaylist(db, caller, approval.playlist))) return 'outside-own-unit';
  if (isFirstPerson(approval, caller.id)) return 'approval-own';
  if (await isOneCircle(db, caller.id, [approval.asker, approval.editor ?? approval.asker], now)) return 'approval-fresh';
  return (await findPerson(db, caller.id))?.hasSecondFactor ? undefined : 'second-factor-needed';
}

async function approvalView(db: Queries, caller: Caller, approval: StoredApproval, playlist: PlaylistRow, now: number): Promise<ApprovalView> {
  const { id, revision, digest, way, note, basis, settlerName, settledAt, approverName, approvedAt, reason } = approval;
  const isStale = isOpen(approval) && digest !== (await contentDigest(db, playlist.id, playlist.revision));
  const refusal = await whyNot(db, caller, approval, isStale, now);
  const isOwn = await isOwnPlaylist(db, caller, playlist.id);
  const mayAct = isOpen(approval) && isOwn;
  return {
    ...{ id, revision, digest, way, note, basis, state: isStale ? 'void' : approval.state },
    playlist: { id: playlist.id, name: playlist.name },
    asked: { by: approval.askerName, at: approval.askedAt },
    editor: approval.editorName,
    approved: approverName !== null && approvedAt !== null ? { by: approverName, at: approvedAt } : null,
    settled: settlerName !== null && settledAt !== null && !isOpen(approval) ? { by: settlerName, at: settledAt, reason } : null,
    ...{ changes: [...approval.changes], screens: [...approval.screens] },
    may: {
      approve: approval.state === 'waiting' && refusal === undefined,
      reject: mayAct && isAtLeast(caller.role, 'approver'),
      withdraw: mayAct && isAtLeast(caller.role, 'editor'),
    },
    why: approval.state === 'waiting' && refusal !== undefined ? { vi: errors[refusal].vi, en: errors[refusal].en } : null,
  };
}

export async function publishingView(db: Queries, caller: Caller, playlist: PlaylistRow, now: number): Promise<Publishing> {
  const { id, revision, published_revision } = playlist;
  const latest = await latestApproval(db, id);
  const stage = await stageOf(db, playlist);
  const secondPerson = (await outdoorScreens(db, await channelsOfPlaylist(db, id))).length > 0;
  const isOwn = await isOwnPlaylist(db, caller, id);
  const isSettled = published_revision === revision && (await isApproved(db, id, revision));
  const mayOneDo = !secondPerson && stage !== 'playing';
  return {
    ...{ stage, revision, secondPerson },
    compared: published_revision !== null,
    changes: await publishChanges(db, playlist),
    approval: latest ? await approvalView(db, caller, latest, playlist, now) : null,
    may: {
      ask: isOwn && isAtLeast(caller.role, 'editor') && !isSettled && revision > 0 && stage !== 'waiting' && stage !== 'approved',
      publish: isOwn && isAtLeast(caller.role, 'approver') && revision > 0 && (mayOneDo || stage === 'approved'),
    },
  };
}

/** All that waits for somebody, the oldest first. */
export async function waitingViews(db: Queries, caller: Caller, now: number): Promise<ApprovalView[]> {
  const views: ApprovalView[] = [];
  for (const approval of await openApprovals(db)) {
    const playlist = await findPlaylist(db, approval.playlist);
    if (playlist) views.push(await approvalView(db, caller, approval, playlist, now));
  }
  return views;
}
