// Live requests to connected screens: each has an id, ends soon, and its answer is waited for; the same id is asked once.
import type { CommandResult } from '../../core/api.ts';
import type { CommandAnswer, CommandKind } from '../../core/protocol.ts';
import type { LivePlayers } from '../players/players.ts';

/** How long a screen has to answer; then the request is over for both sides. */
const answerMs = 15_000;
const maxRemembered = 500;

export interface LiveCommands {
  /** `undefined` when the screen is not connected. */
  ask(screen: string, kind: CommandKind, id: string): Promise<CommandResult> | undefined;
  /** Whether this request for the log is one that this screen was asked for. */
  askedForLogs(screen: string, id: string): boolean;
}

interface Asked {
  readonly screen: string;
  readonly kind: CommandKind;
  readonly result: Promise<CommandResult>;
  readonly answered: (answer: Omit<CommandAnswer, 'outcome'> & { outcome: CommandResult['outcome'] }) => void;
}

export function liveCommands(players: LivePlayers, now: () => number): LiveCommands {
  const asked = new Map<string, Asked>();

  players.onAnswer((screen, answer) => {
    const known = asked.get(answer.id);
    // A screen answers for itself only.
    if (known?.screen === screen) known.answered(answer);
  });

  const remember = (id: string, screen: string, kind: CommandKind): Asked => {
    let answered: Asked['answered'] = () => undefined;
    const result = new Promise<CommandResult>((resolve) => {
      const timer = setTimeout(() => answered({ id, outcome: 'silent' }), answerMs);
      answered = ({ outcome, reason }) => {
        clearTimeout(timer);
        resolve({ id, kind, outcome, reason: reason ?? null });
      };
    });
    const entry = { screen, kind, result, answered };
    asked.set(id, entry);
    const [oldest] = asked.keys();
    if (asked.size > maxRemembered && oldest !== undefined) asked.delete(oldest);
    return entry;
  };

  return {
    ask(screen, kind, id) {
      const known = asked.get(id);
      if (known) return known.screen === screen && known.kind === kind ? known.result : undefined;
      if (!players.live(screen)) return undefined;
      const { result } = remember(id, screen, kind);
      players.sendCommand(screen, { id, kind, expiresAt: now() + answerMs });
      return result;
    },
    askedForLogs(screen, id) {
      const known = asked.get(id);
      return known?.screen === screen && known.kind === 'logs';
    },
  };
}
