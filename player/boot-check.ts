// Verifies the files of the manifest after a start, those of the next turns first. Large campaigns do not hold up the first picture: what is not verified yet is not shown, the rest is.
import { turnsBetween } from '../core/programme.ts';
import type { Content } from './content.ts';
import type { FileStore } from './file-store.ts';
import type { MachineClock } from './machine-clock.ts';
import type { HeldManifest } from './verdict.ts';

export interface BootCheckOptions {
  readonly files: Pick<FileStore, 'verify'>;
  readonly manifest: Pick<HeldManifest, 'content' | 'manifest'> | undefined;
  readonly now: () => number;
  readonly clock: MachineClock;
  /** More can be shown than before. */
  readonly changed: () => void;
}

export interface BootCheck {
  /** The item of now can be shown, or it takes too long and others are. */
  readonly firstPicture: Promise<void>;
  /** Everything is verified. */
  readonly done: Promise<void>;
}

const longestWaitMs = 1_500;
const aheadMs = 10 * 60_000;
/** The plan is made anew so often at most. */
const tellEveryMs = 1_000;

/** Hashes in the order in which the programme will need them. */
export function mediaInOrder({ compiled, entries }: Content, from: number): string[] {
  const turns = turnsBetween(compiled, from, from + aheadMs);
  return [...new Set(turns.flatMap(({ item }) => (item === undefined ? [] : (entries.get(item)?.media ?? []))))];
}

export function checkAfterStart({ files, manifest, now, clock, changed }: BootCheckOptions): BootCheck {
  if (!manifest) return { firstPicture: Promise.resolve(), done: Promise.resolve() };
  const order = mediaInOrder(manifest.content, now());
  const places = new Map(order.map((hash, index) => [hash, index]));
  const place = ({ sha256 }: { sha256: string }) => places.get(sha256) ?? order.length;
  const sorted = manifest.manifest.files.toSorted((a, b) => place(a) - place(b));
  const [first] = turnsBetween(manifest.content.compiled, now(), now() + 1);
  const needed = new Set(first?.item === undefined ? [] : (manifest.content.entries.get(first.item)?.media ?? []));

  let toldAt = -Infinity;
  const checks = sorted.map((file) => ({
    file,
    verified: files.verify(file).then(() => {
      if (clock.monoMs() - toldAt < tellEveryMs) return;
      toldAt = clock.monoMs();
      changed();
    }),
  }));
  const ofFirst = Promise.all(checks.filter(({ file }) => needed.has(file.sha256)).map(({ verified }) => verified));
  const done = Promise.all(checks.map(({ verified }) => verified)).then(() => (checks.length > 0 ? changed() : undefined));
  const patience = new Promise<void>((resolve) => clock.after(longestWaitMs, resolve));
  return { firstPicture: Promise.race([ofFirst.then(() => undefined), patience]), done };
}
