// Which entries of the library are looked at, and which may be chosen for a playlist.
import type { MediaEntry, MediaKind } from '../../core/media-api.ts';
import type { LocalText } from '../../core/primitives.ts';
import { foldName } from '../../core/units.ts';

/** Hà Nội is seven hours ahead all year. */
const officeOffsetMs = 7 * 60 * 60_000;

/** Whether an entry is in a folder or below it; every one is in none. */
const isWithin = ({ folder }: Pick<MediaEntry, 'folder'>, wanted: string) => wanted === '' || folder === wanted || folder.startsWith(`${wanted}/`);

/** All folders that entries are in, and those above them, in order. */
export function foldersOf(entries: readonly Pick<MediaEntry, 'folder'>[]): string[] {
  const all = entries.flatMap(({ folder }) => {
    const names = folder.split('/').filter((name) => name !== '');
    return names.map((_, index) => names.slice(0, index + 1).join('/'));
  });
  return [...new Set(all)].sort((a, b) => a.localeCompare(b, 'vi'));
}

/** Entries in a folder, of a kind, whose name or words hold what was typed; case and diacritics do not count. */
export function matching(entries: readonly MediaEntry[], typed: string, kind?: MediaKind, folder = ''): MediaEntry[] {
  const wanted = foldName(typed)
    .split(' ')
    .filter((word) => word !== '');
  return entries.filter((entry) => {
    const words = foldName([entry.name, entry.alt?.vi ?? '', entry.alt?.en ?? ''].join(' '));
    return isWithin(entry, folder) && (kind === undefined || entry.kind === kind) && wanted.every((word) => words.includes(word));
  });
}

/** What an item of a playlist takes from an entry. */
export interface MediaChoice {
  readonly sha256: string;
  readonly alt: LocalText;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of a video: the still that stands in for it, and its length. */
  readonly poster: string | null;
  readonly seconds: number | null;
}

/** The day in the office, `YYYY-MM-DD`. */
export const localDay = (instant: number) => new Date(instant + officeOffsetMs).toISOString().slice(0, 10);

export const isExpired = ({ expiresOn }: Pick<MediaEntry, 'expiresOn'>, today: string) => expiresOn !== null && expiresOn < today;

/** Why an entry cannot be chosen; undefined when it can. */
export function hindrance(entry: Pick<MediaEntry, 'alt' | 'expiresOn'>, today: string): 'needsAlt' | 'expired' | undefined {
  if (entry.alt === null) return 'needsAlt';
  return isExpired(entry, today) ? 'expired' : undefined;
}
