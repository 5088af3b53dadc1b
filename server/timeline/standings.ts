// Why each item of a screen is on at an instant or not: the outermost rule that holds it back, by the same functions as the programme itself.
import type { ItemStanding, Stretch } from '../../core/programme-api.ts';
import { whyHeld, type Place } from '../../core/item-trouble.ts';
import { programmeAt, turnsBetween } from '../../core/programme.ts';
import type { ProgrammeOfManifest } from '../manifests/programmes.ts';
import type { Draft } from '../playlists/draft.ts';

export interface Moment {
  readonly at: number;
  readonly isOutOfService: boolean;
  readonly cover: Stretch['cover'];
  readonly programme: ProgrammeOfManifest | undefined;
  readonly place: Place | undefined;
  /** Items that the screen itself holds back now, with its words. */
  readonly quarantined: ReadonlyMap<string, string>;
  /** The list of each layer as it was published, and as it is edited now. */
  readonly lists: readonly { readonly published: Draft | undefined; readonly latest: Draft | undefined }[];
}

const hourMs = 3_600_000;
/** How far ahead the next turn of a waiting item is looked for: a step at a time, since the turns of a day are many. */
const lookStepsMs = [hourMs, 6 * hourMs, 24 * hourMs];

function nextTurn({ compiled }: ProgrammeOfManifest, item: string, at: number): number | null {
  for (const ms of lookStepsMs) {
    const turn = turnsBetween(compiled, at, at + ms).find((each) => each.item === item && each.start > at);
    if (turn) return turn.start;
  }
  return null;
}

/** What lies over every item alike. */
function overAll({ isOutOfService, cover }: Moment): ItemStanding['standing'] | undefined {
  return isOutOfService ? 'out-of-service' : cover?.state;
}

function inManifest(moment: Moment, programme: ProgrammeOfManifest, place: Place): ItemStanding[] {
  const { at, quarantined } = moment;
  const over = overAll(moment);
  const now = programmeAt(programme.compiled, at).item;
  return [...programme.items.values()].map((item): ItemStanding => {
    const { id, name, scene, windows } = item;
    const facts = { item: id, name, scene, windows };
    if (over) return { ...facts, standing: over, nextAt: null, detail: null };
    const held = whyHeld(item, place, at);
    if (held) return { ...facts, standing: held.trouble, nextAt: held.nextAt ?? null, detail: null };
    const detail = quarantined.get(id);
    if (detail !== undefined) return { ...facts, standing: 'quarantined', nextAt: null, detail };
    if (now === id) return { ...facts, standing: 'on', nextAt: null, detail: null };
    return { ...facts, standing: 'waits', nextAt: nextTurn(programme, id, at), detail: null };
  });
}

/** Items of the list that no screen has: switched off, not published yet, or written for a phase that this campaign does not have. */
function leftOut({ published, latest }: Moment['lists'][number], carried: ReadonlySet<number>): ItemStanding[] {
  const all = new Map([...(published?.items ?? []), ...(latest?.items ?? [])].map((item) => [item.id, item]));
  return [...all.values()]
    .filter(({ number }) => !carried.has(number))
    .map(({ id, name, scene, windows }): ItemStanding => {
      const wasOn = published?.items.find((item) => item.id === id)?.enabled ?? false;
      const isOn = latest?.items.find((item) => item.id === id)?.enabled ?? false;
      const standing = wasOn ? 'no-phase' : isOn ? 'not-published' : 'switched-off';
      return { item: id, name, scene, windows, standing, nextAt: null, detail: null };
    });
}

export function standingsOf(moment: Moment): ItemStanding[] {
  const { programme, place } = moment;
  const carried = programme && place ? inManifest(moment, programme, place) : [];
  const numbers = new Set(carried.length === 0 ? [] : [...(programme?.items.values() ?? [])].map(({ number }) => number));
  return [...carried, ...moment.lists.flatMap((list) => leftOut(list, numbers))];
}
