// The players that are connected now: one connection a screen, its latest report, and ways to reach it.
import type { Namespace, Socket } from 'socket.io';
import type { HealthReport } from '../../core/health.ts';
import type { Command, CommandAnswer, PlayerToServerEvents, Refusal, ServerToPlayerEvents } from '../../core/protocol.ts';
import type { Screen } from '../screens/screen-store.ts';
import { refusalTexts } from './refusal-texts.ts';

type NoEvents = Record<never, never>;
export type PlayerSocket = Socket<PlayerToServerEvents, ServerToPlayerEvents, NoEvents, NoEvents>;
export type PlayerNamespace = Namespace<PlayerToServerEvents, ServerToPlayerEvents, NoEvents, NoEvents>;

/** A report, and when the server received it by its own clock. */
interface Received {
  readonly report: HealthReport;
  readonly at: number;
}

export interface Connection {
  readonly socket: PlayerSocket;
  readonly connectedAt: number;
  health: Received | undefined;
  /** When the report was last written to the database. */
  storedAt: number;
}

/** What staff routes ask of the connected players. */
export interface LivePlayers {
  /** The connection of a screen: since when, and its latest report. */
  live(screen: string): Pick<Connection, 'connectedAt' | 'health'> | undefined;
  /** Since when two boxes hold the key of a screen. */
  twoPlayersSince(screen: string): number | undefined;
  /** Asks for a picture. @returns whether the screen is connected */
  requestCapture(screen: string, id: string): boolean;
  sendCommand(screen: string, command: Command): void;
  /** Hears of each screen that connects, once it may be sent to. */
  onWelcome(listener: (screen: string) => void): void;
  /** Hears what connected screens answer to commands. */
  onAnswer(listener: (screen: string, answer: CommandAnswer) => void): void;
  /** The box that waits under a code. */
  waiting(code: string): { readonly publicKey: string; bound(screen: string): void } | undefined;
  count(): number;
}

export const allScreensRoom = 'screens';
export const trialRoom = 'trial';

export function refuse(socket: PlayerSocket, refusal: Refusal): void {
  socket.emit('refused', { refusal, ...refusalTexts[refusal] });
  socket.disconnect(true);
}

export class Connections {
  readonly #byScreen = new Map<string, Connection>();

  /** Registers a screen's connection; an older one is told that it was superseded, and closed. */
  add(screen: Screen, socket: PlayerSocket, now: number): Connection {
    this.drop(screen.id);
    const connection: Connection = { socket, connectedAt: now, health: undefined, storedAt: 0 };
    this.#byScreen.set(screen.id, connection);
    void socket.join(screen.trial ? [allScreensRoom, trialRoom] : [allScreensRoom]);
    return connection;
  }

  drop(screen: string): void {
    const older = this.#byScreen.get(screen);
    this.#byScreen.delete(screen);
    if (older) refuse(older.socket, 'superseded');
  }

  get(screen: string): Connection | undefined {
    return this.#byScreen.get(screen);
  }

  /** @returns whether this was still the screen's connection */
  remove(screen: string, connection: Connection): boolean {
    if (this.#byScreen.get(screen) !== connection) return false;
    return this.#byScreen.delete(screen);
  }

  get size(): number {
    return this.#byScreen.size;
  }

  screens(): string[] {
    return [...this.#byScreen.keys()];
  }
}
