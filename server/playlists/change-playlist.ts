// Saves what staff made of a playlist as its next revision: media there, items numbered, nobody overwritten. Nothing of it reaches a screen before a publish.
import type { z } from 'zod';
import type { playlistChangedSchema } from '../../core/playlist-api.ts';
import { localDay } from '../../core/campaign.ts';
import { customProblem, type FieldProblem } from '../../core/field-problems.ts';
import { changesOfDraft, toldChange } from '../../core/playlist-changes.ts';
import type { ChangePlaylist, ItemDraft } from '../../core/playlist-draft.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { lastDaysOf } from '../media/library-store.ts';
import { mediaByHash } from '../media/media-store.ts';
import { numberedDraft, type Draft } from './draft.ts';
import { requireOwnPlaylist } from './own-playlist.ts';
import { findPlaylist, numberItems, readRevision, revisionFacts, saveRevision, type PlaylistRow } from './playlist-store.ts';

/** Where props name files, and of what type each has to be. */
const fileTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  picture: { media: 'image/' },
  video: { media: 'video/', poster: 'image/', captions: 'text/vtt' },
};

/** Files that an item names and the server does not have, that are something else, or that may no longer be shown while the item is on. */
async function mediaProblems(db: Queries, items: readonly ItemDraft[], now: number): Promise<FieldProblem[]> {
  const named = items.flatMap(({ scene, props, enabled }, index) =>
    Object.entries(fileTypes[scene] ?? {}).flatMap(([key, type]) => {
      const sha256: unknown = new Map<string, unknown>(Object.entries(props)).get(key);
      return typeof sha256 === 'string' ? [{ path: `items[${index}].props.${key}`, sha256, type, enabled }] : [];
    }),
  );
  const hashes = [...new Set(named.map(({ sha256 }) => sha256))];
  const files = await mediaByHash(db, hashes);
  const lastDays = await lastDaysOf(db, hashes);
  const today = localDay(now, (await currentCampaign(db))?.zone ?? 'Asia/Ho_Chi_Minh');
  const typeOf = new Map(files.map((file) => [file.sha256, file.type]));
  return named.flatMap(({ path, sha256, type, enabled }) => {
    const found = typeOf.get(sha256);
    if (found === undefined) return [customProblem(path, 'media-unknown')];
    if (!found.startsWith(type)) return [customProblem(path, 'media-other-type')];
    return enabled && (lastDays.get(sha256) ?? today) < today ? [customProblem(path, 'media-over')] : [];
  });
}

/** What the second editor is told: who was faster, and what differs from where both began. */
async function whatChanged(db: Queries, { id, revision }: PlaylistRow, began: Draft | undefined): Promise<z.infer<typeof playlistChangedSchema> | undefined> {
  const latest = await readRevision(db, id, revision);
  const facts = await revisionFacts(db, id, revision);
  if (!began || !latest || !facts) return undefined;
  return { revision, ...facts, changes: changesOfDraft(began.items, latest.items).map(toldChange) };
}

/** @throws ApiFailure */
export async function changePlaylist({ db, now, audit }: ServerContext, caller: Caller, id: string, change: ChangePlaylist): Promise<void> {
  await transact(db, async (trx) => {
    const row = await findPlaylist(trx, id);
    if (!row) throw new ApiFailure('not-found');
    await requireOwnPlaylist(trx, caller, id);
    const { revision, items } = change;
    const began = revision === 0 ? { name: row.name, items: [] } : await readRevision(trx, id, revision);
    if (row.revision !== revision || !began) throw new ApiFailure('playlist-changed', await whatChanged(trx, row, began));
    const problems = await mediaProblems(trx, items, now());
    if (problems.length > 0) throw new ApiFailure('playlist-invalid', problems);
    if (!items.some(({ enabled }) => enabled)) throw new ApiFailure('playlist-empty');
    const numbers = await numberItems(
      trx,
      id,
      items.map((item) => item.id),
      now(),
    );
    const draft = numberedDraft(change.name ?? row.name, items, numbers);
    if ((await saveRevision(trx, id, revision, draft, { by: caller.name, at: now(), keeper: caller.id })) === undefined)
      throw new ApiFailure('playlist-changed');
    await audit({ who: caller.name, what: 'playlist.change', subject: id, before: began, after: draft }, trx);
  });
}
