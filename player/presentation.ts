// What a screen really draws in each slot of its programme: the planned item, or a stand-in where it cannot or must not be shown. No boundary moves.
import type { Turn } from '../core/programme.ts';

export interface Shown {
  readonly start: number;
  readonly end: number;
  /** Key of the entry that is drawn. */
  readonly key: string;
  readonly planned?: { readonly item: string; readonly reason: string };
}

export interface Spare {
  readonly key: string;
  readonly ms: number;
}

export interface PresentationFacts {
  /** Why an entry must not be drawn between two instants; `undefined` when it may. */
  blocked(key: string, start: number, end: number): string | undefined;
  /** All items of the content, in their order. */
  readonly order: readonly string[];
  /** Stand-ins from the factory playlist; the last one can always be drawn. */
  readonly spares: readonly [Spare, ...Spare[]];
}

/** The spares that may be drawn in a slot; never empty. */
function playableSpares(facts: PresentationFacts, start: number, end: number): readonly Spare[] {
  const { spares } = facts;
  const playable = spares.slice(0, -1).filter(({ key }) => facts.blocked(key, start, end) === undefined);
  return playable.length > 0 ? playable : [spares.at(-1) ?? spares[0]];
}

function standIn(turns: readonly Turn[], index: number, planned: string, facts: PresentationFacts): string {
  const { start, end } = turns[index] ?? { start: 0, end: 0 };
  const place = facts.order.indexOf(planned);
  const following = turns.slice(index + 1).flatMap(({ item }) => (item === undefined ? [] : [item]));
  const candidates = new Set([...following, ...facts.order.slice(place + 1), ...facts.order.slice(0, Math.max(0, place))]);
  candidates.delete(planned);
  for (const key of candidates) if (facts.blocked(key, start, end) === undefined) return key;
  const spares = playableSpares(facts, start, end);
  return spares[Math.abs(Math.floor(start / 1_000)) % spares.length]?.key ?? spares[0]?.key ?? planned;
}

/** Cuts a slot in which nothing is scheduled into showings of the spares; a remainder too short for the next goes to the one before. */
function fillHole({ start, end }: Turn, facts: PresentationFacts, from: number, until: number): Shown[] {
  const spares = playableSpares(facts, start, end);
  const roundMs = spares.reduce((sum, { ms }) => sum + ms, 0);
  const shown: Shown[] = [];
  const round = Math.max(0, Math.floor((from - start) / roundMs));
  let at = start + round * roundMs;
  for (let index = 0; at < Math.min(end, until); index += 1) {
    const [spare, next] = [spares[index % spares.length] ?? facts.spares[0], spares[(index + 1) % spares.length] ?? facts.spares[0]];
    const stop = at + spare.ms + next.ms > end ? end : at + spare.ms;
    if (stop > from) shown.push({ start: at, end: stop, key: spare.key });
    at = stop;
  }
  return shown;
}

/**
 * @param turns the programme's turns that touch `[from, until)`, in order
 * @returns slots without hole or overlap that cover at least `[from, until)`; every boundary of the programme is one of theirs
 */
export function present(turns: readonly Turn[], facts: PresentationFacts, from: number, until: number): Shown[] {
  return turns.flatMap((turn, index): Shown[] => {
    const { start, end, item } = turn;
    if (item === undefined) return fillHole(turn, facts, from, until);
    const reason = facts.blocked(item, start, end);
    if (reason === undefined) return [{ start, end, key: item }];
    return [{ start, end, key: standIn(turns, index, item, facts), planned: { item, reason: reason.slice(0, 200) } }];
  });
}
