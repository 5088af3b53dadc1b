// What becomes of a unit's rank, in words and as a direction.
import type { Say } from '../messages.ts';

export type Direction = 'up' | 'down' | 'same' | 'new' | 'dropped' | 'none';

export interface RankChange {
  readonly direction: Direction;
  readonly places: number;
}

export function rankChange(before: number | null, after: number | null): RankChange {
  if (before === null && after === null) return { direction: 'none', places: 0 };
  if (before === null) return { direction: 'new', places: 0 };
  if (after === null) return { direction: 'dropped', places: 0 };
  const places = before - after;
  return { direction: places > 0 ? 'up' : places < 0 ? 'down' : 'same', places: Math.abs(places) };
}

export function rankChangeText({ direction, places }: RankChange, say: Say): string {
  switch (direction) {
    case 'up':
      return say('board.up', { count: places });
    case 'down':
      return say('board.down', { count: places });
    case 'same':
      return say('board.same');
    case 'new':
      return say('board.new');
    case 'dropped':
      return say('board.dropped');
    case 'none':
      return '';
  }
}
