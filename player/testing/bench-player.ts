// Starts a real player on a folder of its own, with a page that hears and says what a test wants.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromStage, PairingCard, ToStage } from '../../core/bridge.ts';
import type { Cover } from '../../core/cover.ts';
import type { Board, Plan, PlanTurn } from '../../core/plan.ts';
import type { TechnicianAnswer } from '../../core/technician.ts';
import type { Log } from '../log.ts';
import { machineClock, type MachineClock } from '../machine-clock.ts';
import { startPlayer, type Player, type PlayerOptions } from '../player.ts';
import { sampleProfile } from './samples.ts';

const root = join(import.meta.dirname, '..', '..');

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Remembers every line, for tests that ask why. */
export function rememberingLog(): Log & { readonly lines: { fields: object; text: string }[] } {
  const lines: { fields: object; text: string }[] = [];
  const keep = (fields: object, text: string) => void lines.push({ fields, text });
  return { lines, info: keep, warn: keep, error: keep };
}

export interface TestPage {
  plan: Plan | undefined;
  board: Board | null;
  pairing: PairingCard | null;
  isRevoked: boolean;
  cover: Cover | null;
  /** What a technician at this page was answered. */
  readonly technician: TechnicianAnswer[];
  say(message: FromStage): void;
  /** Shows the turn of now. */
  showNow(): PlanTurn;
  /** Shows the cover that it was told of. */
  showCover(): void;
  detach(): void;
}

export function openPage(player: Player, clock: MachineClock = machineClock): TestPage {
  const heard = (message: ToStage) => {
    if (message.type === 'plan') [page.plan, page.isRevoked] = [message.plan, false];
    else if (message.type === 'board') page.board = message.board;
    else if (message.type === 'pairing') page.pairing = message.card;
    else if (message.type === 'cover') page.cover = message.cover;
    else if (message.type === 'technician') page.technician.push(message.answer);
    else page.isRevoked = true;
  };
  const attached = player.attach({ send: heard });
  const page: TestPage = {
    ...{ plan: undefined, board: null, pairing: null, isRevoked: false, cover: null, technician: [] },
    say: (message) => attached.receive(message),
    showNow() {
      const now = clock.now() + (page.plan?.clockOffsetMs ?? 0);
      const turn = page.plan?.turns.find(({ start, end }) => now >= start && now < end);
      if (!turn) throw new Error('no turn is planned for now');
      attached.receive({ type: 'shown', turn: turn.id, item: turn.item, at: clock.now() });
      return turn;
    },
    showCover() {
      const { cover } = page;
      if (!cover) throw new Error('nothing covers the programme');
      attached.receive({ type: 'covered', state: cover.state, item: cover.state === 'off' ? null : cover.item, at: clock.now() });
    },
    detach: () => attached.detach(),
  };
  attached.receive({ type: 'hello' });
  return page;
}

export interface Bench {
  readonly folder: string;
  start(change?: Partial<PlayerOptions>): Promise<Player>;
  clear(): Promise<void>;
}

/** Players on one folder, one after the other. */
export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'ihanoi-player-'));
  const running: Player[] = [];
  return {
    folder,
    async start(change = {}) {
      const player = await startPlayer({
        ...{ dataDir: folder, factoryProfile: sampleProfile, version: 'test', log: silentLog },
        ...{ playlistsDir: join(root, 'playlists'), assetsDir: join(root, 'assets') },
        ...change,
      });
      running.push(player);
      return player;
    },
    async clear() {
      await Promise.all(running.map((player) => player.stop()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
