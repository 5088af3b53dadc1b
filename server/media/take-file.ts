// Takes a file that has come in whole into the library: known by its bytes, made fit for screens, kept by hash. One at a time, so that many cannot fill the memory.
import { open, readFile, stat } from 'node:fs/promises';
import { maxPictureBytes } from '../../core/media-api.ts';
import type { MediaRefusal } from '../../core/media-refusals.ts';
import type { Caller } from '../access.ts';
import type { ServerContext } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { addEntry, entryOfSource, findEntry, type LibraryEntry, type NewEntry } from './library-store.ts';
import { hashOfFile, keepBytes, keepFile } from './media-files.ts';
import { putMedia } from './media-store.ts';
import { preparePicture } from './pictures.ts';
import { headBytes, sniff, type PictureFormat } from './sniff.ts';
import { probeVideo, stillOf } from './videos.ts';

export type Taken = { readonly ok: true; readonly entry: LibraryEntry; readonly isNew: boolean } | { readonly ok: false; readonly reason: MediaRefusal };

/** What is made of a file: the entry's facts, and the files that it needs beside itself. */
type Made =
  | {
      readonly ok: true;
      readonly facts: Pick<NewEntry, 'sha256' | 'kind' | 'width' | 'height' | 'seconds' | 'poster' | 'thumbnail'>;
      readonly files: readonly { readonly sha256: string; readonly type: string; readonly bytes: number }[];
    }
  | { readonly ok: false; readonly reason: MediaRefusal };

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

async function makeVideo(filesDir: string, path: string, bytes: number, hash: string): Promise<Made> {
  const judged = await probeVideo(path);
  if (!judged.ok) return judged;
  const { type, width, height, seconds } = judged.video;
  const still = await stillOf(path, seconds);
  if (!still) return { ok: false, reason: 'damaged' };
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

async function makeOf(filesDir: string, path: string, hash: string): Promise<Made> {
  const { size } = await stat(path);
  if (size === 0) return { ok: false, reason: 'empty' };
  const sniffed = sniff(await headOf(path));
  switch (sniffed.kind) {
    case 'picture':
      return size > maxPictureBytes ? { ok: false, reason: 'picture-too-large' } : makePicture(filesDir, await readFile(path), sniffed.format);
    case 'video':
      return makeVideo(filesDir, path, size, hash);
    case 'other':
      return { ok: false, reason: 'other-format' };
    case 'none':
      return { ok: false, reason: 'not-media' };
  }
}

/** @param path of a file that was synced; it may be moved @param name what its owner calls it */
export async function takeFile({ db, filesDir, now, audit }: ServerContext, path: string, name: string, caller: Caller): Promise<Taken> {
  const source = await hashOfFile(path);
  const known = await entryOfSource(db, source);
  if (known) return { ok: true, entry: known, isNew: false };
  const made = await makeOf(filesDir, path, source);
  if (!made.ok) return made;
  const { facts, files } = made;
  const isNew = await transact(db, async (trx) => {
    for (const file of files) await putMedia(trx, file, now());
    const entry = { ...facts, source, name, person: caller.id, author: caller.name, unit: caller.unit ?? null, createdAt: now() };
    const added = await addEntry(trx, entry);
    if (added) await audit({ who: caller.name, what: 'media.add', subject: facts.sha256, after: { name, source, ...facts } }, trx);
    return added;
  });
  const entry = await findEntry(db, facts.sha256);
  if (!entry) throw new Error(`the library lost ${facts.sha256}`);
  return { ok: true, entry, isNew };
}
