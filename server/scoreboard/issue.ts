// Tells everybody of figures that were just issued: screens, consoles, the log.
import type { Issued } from '../../core/board-api.ts';
import type { ServerContext } from '../context.ts';
import { pushOf, type CurrentSnapshots } from './snapshot-store.ts';

export function announce({ players, console, log }: Pick<ServerContext, 'players' | 'console' | 'log'>, snapshots: CurrentSnapshots): Issued {
  const { snapshot, sha256 } = snapshots.current;
  const { number, issuedAt, sample, replaces } = snapshot;
  players.pushSnapshot(pushOf(snapshots), sample);
  console('scoreboard');
  log.info({ snapshot: number, sample, replaces }, 'a scoreboard snapshot was issued');
  return { number, sha256, issuedAt };
}
