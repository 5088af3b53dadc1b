// Live requests to connected screens: each has an id, ends soon, and its answer is waited for; the same id is asked once.
import type { CommandResult } from '../../core/screen-api.ts';
import type { Command, CommandAnswer, CommandKind } from '../../core/protocol.ts';
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
  readonly command: Command;
  readonly result: Promise<CommandResult>;
  readonly answered: (answer: Omit<CommandAnswer, 'outcome'> & { outcome: CommandResult['outcome'] }) => void;
}

export function liveCommands(players: LivePlayers, now: () => number): LiveCommands {
  const asked = new Map<string, Asked>();
  const open = new Set<Asked>();

  // A line may end under a command, or under its answer. A screen takes each id once, and answers it as often as it is asked.
  players.onWelcome((screen) => {
    for (const each of open) if (each.screen === screen) players.sendCommand(screen, each.command);
  });

  players.onAnswer((screen, answer) => {
    const known = asked.get(answer.id);
    // A screen answers for itself only.
    if (known?.screen === screen) known.answered(answer);
  });

  const remember = (screen: string, command: Command, kind: CommandKind): Asked => {
    const { id } = command;
    let answered: Asked['answered'] = () => undefined;
    const result = new Promise<CommandResult>((resolve) => {
      const timer = setTimeout(() => answered({ id, outcome: 'silent' }), answerMs);
      answered = ({ outcome, reason }) => {
        clearTimeout(timer);
        open.delete(entry);
        resolve({ id, kind, outcome, reason: reason ?? null });
      };
    });
    const entry = { screen, command, result, answered };
    asked.set(id, entry);
    open.add(entry);
    const [oldest] = asked.keys();
    if (asked.size > maxRemembered && oldest !== undefined) asked.delete(oldest);
    return entry;
  };

  return {
    ask(screen, kind, id) {
      const known = asked.get(id);
      if (known) return known.screen === screen && known.command.kind === kind ? known.result : undefined;
      if (!players.live(screen)) return undefined;
      const { command, result } = remember(screen, { id, kind, expiresAt: now() + answerMs }, kind);
      players.sendCommand(screen, command);
      return result;
    },
    askedForLogs(screen, id) {
      const known = asked.get(id);
      return known?.screen === screen && known.command.kind === 'logs';
    },
  };
}
