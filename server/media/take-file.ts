// Takes a file that has come in whole into the library: known by its bytes, made fit for screens, kept by hash.
import { open, readFile, rm, stat } from 'node:fs/promises';
import { maxPictureBytes } from '../../core/media-api.ts';
import type { MediaRefusal } from '../../core/media-refusals.ts';
import type { Caller } from '../access.ts';
import type { ServerContext } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { convertVideo } from './convert-video.ts';
import { addEntry, entryOfSource, findEntry, type LibraryEntry, type NewEntry } from './library-store.ts';
import { hashOfFile, keepBytes, keepFile } from './media-files.ts';
import { putMedia } from './media-store.ts';
import type { Queue } from './one-at-a-time.ts';
import { preparePicture } from './pictures.ts';
import { headBytes, sniff, type PictureFormat } from './sniff.ts';
import { probeVideo, stillOf, type VideoFacts } from './videos.ts';
import { watchFlashes } from './watch-flashes.ts';

/** @property at the second in a film that it is about */
interface Refused {
  readonly ok: false;
  readonly reason: MediaRefusal;
  readonly at?: number;
}
export type Taken = { readonly ok: true; readonly entry: LibraryEntry; readonly isNew: boolean } | Refused;
/** What a film is, once it was seen to its end, and where it lies: turned into another, or as it was sent. */
type Seen = { readonly ok: true; readonly path: string; readonly video: VideoFacts; readonly still: Uint8Array } | Refused;

/** What is made of a file: the entry's facts, and the files that it needs beside itself. */
type Made =
  | {
      readonly ok: true;
      readonly facts: Pick<NewEntry, 'sha256' | 'kind' | 'width' | 'height' | 'seconds' | 'poster' | 'thumbnail'>;
      readonly files: readonly { readonly sha256: string; readonly type: string; readonly bytes: number }[];
    }
  | Refused;

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function makePicture(filesDir: string, bytes: Uint8Array, format: PictureFormat): Promise<Made> {
  const prepared = await preparePicture(bytes, format);
  if (!prepared.ok) return prepared;
  const { picture } = prepared;
  const [sha256, thumbnail] = [await keepBytes(filesDir, picture.bytes), await keepBytes(filesDir, picture.thumbnail)];
  return {
    ok: true,
    facts: { sha256, kind: 'picture', width: picture.width, height: picture.height, seconds: null, poster: null, thumbnail },
    files: [
      { sha256, type: picture.type, bytes: picture.bytes.length },
      { sha256: thumbnail, type: 'image/webp', bytes: picture.thumbnail.length },
    ],
  };
}

/** Where a film lies that was turned into one that screens play. */
const turnedPath = (path: string) => `${path}.turned`;
/** How much of the way turning a film is; looking at it is the rest. */
const turnedShare = 0.6;

/** Looks at a film from its first to its last picture. Takes long, so nothing else waits for it. */
async function seeVideo(path: string, report: (share: number) => void): Promise<Seen> {
  const judged = await probeVideo(path);
  if (judged.ok) return watchVideo(path, judged.video, report);
  const { reason, seconds } = judged;
  if (seconds === undefined) return { ok: false, reason };
  const turned = turnedPath(path);
  if (!(await convertVideo(path, turned, seconds, (share) => report(share * turnedShare)))) return { ok: false, reason };
  const again = await probeVideo(turned);
  return again.ok ? watchVideo(turned, again.video, (share) => report(turnedShare + share * (1 - turnedShare))) : { ok: false, reason };
}

async function watchVideo(path: string, video: VideoFacts, report: (share: number) => void): Promise<Seen> {
  const { seconds } = video;
  const watched = await watchFlashes(path, seconds, report);
  if (!watched.ok) return watched.flashesAt === null ? { ok: false, reason: 'damaged' } : { ok: false, reason: 'video-flashes', at: watched.flashesAt };
  const still = await stillOf(path, seconds);
  return still ? { ok: true, path, video, still } : { ok: false, reason: 'damaged' };
}

async function makeVideo(filesDir: string, sent: { readonly path: string; readonly hash: string }, seen: Seen): Promise<Made> {
  if (!seen.ok) return seen;
  const { path, video, still } = seen;
  const { size: bytes } = await stat(path);
  const hash = path === sent.path ? sent.hash : await hashOfFile(path);
  const { type, width, height, seconds } = video;
  const poster = await makePicture(filesDir, still, 'jpeg');
  if (!poster.ok) return poster;
  await keepFile(filesDir, path, hash);
  const { sha256, thumbnail } = poster.facts;
  return {
    ok: true,
    facts: { sha256: hash, kind: 'video', width, height, seconds, poster: sha256, thumbnail },
    files: [{ sha256: hash, type, bytes }, ...poster.files],
  };
}

async function makeOf(filesDir: string, path: string, hash: string, sniffed: ReturnType<typeof sniff>, seen: Seen | undefined): Promise<Made> {
  const { size } = await stat(path);
  switch (sniffed.kind) {
    case 'picture':
      return size > maxPictureBytes ? { ok: false, reason: 'picture-too-large' } : makePicture(filesDir, await readFile(path), sniffed.format);
    case 'video':
      return seen ? makeVideo(filesDir, { path, hash }, seen) : { ok: false, reason: 'damaged' };
    case 'other':
      return { ok: false, reason: 'other-format' };
    case 'none':
      return { ok: false, reason: 'not-media' };
  }
}

export interface Taking {
  /** What its owner calls it. */
  readonly name: string;
  readonly folder: string;
  readonly caller: Caller;
  /** One change of the library at a time, so that many files cannot fill the memory. */
  readonly queue: Queue;
  /** One film at a time; pictures do not wait for it. */
  readonly films: Queue;
  /** How much of a film has been turned and seen, 0 to 1. */
  readonly report: (share: number) => void;
}

/** @param path of a file that was synced; it may be moved */
export async function takeFile(
  { db, filesDir, now, audit }: ServerContext,
  path: string,
  { name, folder, caller, queue, films, report }: Taking,
): Promise<Taken> {
  const source = await hashOfFile(path);
  const sniffed = sniff(await headOf(path));
  const isKnown = (await entryOfSource(db, source)) !== undefined;
  const seen = sniffed.kind === 'video' && !isKnown ? await films(() => seeVideo(path, report)) : undefined;
  const take = async (): Promise<Taken> => {
    const known = await entryOfSource(db, source);
    if (known) return { ok: true, entry: known, isNew: false };
    const made = await makeOf(filesDir, path, source, sniffed, seen);
    if (!made.ok) return made;
    const { facts, files } = made;
    const isNew = await transact(db, async (trx) => {
      for (const file of files) await putMedia(trx, file, now());
      const entry = { ...facts, source, name, folder, person: caller.id, author: caller.name, unit: caller.unit ?? null, createdAt: now() };
      const added = await addEntry(trx, entry);
      if (added) await audit({ who: caller.name, what: 'media.add', subject: facts.sha256, after: { name, source, ...facts } }, trx);
      return added;
    });
    const entry = await findEntry(db, facts.sha256);
    if (!entry) throw new Error(`the library lost ${facts.sha256}`);
    return { ok: true, entry, isNew };
  };
  try {
    return await queue(take);
  } finally {
    await rm(turnedPath(path), { force: true });
  }
}
