// How many rows a table may hold so that each reads from the back of the room.
import type { SceneFacts } from '../facts.ts';

const most = { landscape: 8, square: 6, strip: 3, portrait: 10, kiosk: 10 } as const;
/** Share of the height that is left for rows. */
const roomShare = { landscape: 0.66, square: 0.42, strip: 0.6, portrait: 0.58, kiosk: 0.58 } as const;
/** Height of a row in letter sizes. */
const rowEm = 1.42;

export function rowsPerPage({ shape, profile, scale }: Pick<SceneFacts, 'shape' | 'profile' | 'scale'>): number {
  const rows = Math.floor((profile.viewport.height * roomShare[shape]) / (scale.far * rowEm));
  return Math.max(1, Math.min(most[shape], rows));
}
