// A narrow client of the Chrome DevTools Protocol over the browser's pipe: JSON messages, each ended by a zero byte.
import type { Readable, Writable } from 'node:stream';
import {
  commandAnswers,
  eventSchemas,
  type Command,
  type CommandAnswer,
  type CommandParams,
  type DevToolsEvent,
  type EventPayload,
} from './devtools-protocol.ts';
import { z } from 'zod';

export interface DevTools {
  /** @throws DevToolsFault when the browser refuses, is silent or is gone */
  send<Name extends Command>(command: Name, params: CommandParams[Name], session?: string, timeoutMs?: number): Promise<CommandAnswer<Name>>;
  /** The answer stops listening. */
  on<Name extends DevToolsEvent>(event: Name, listener: (payload: EventPayload<Name>, session: string | undefined) => void): () => void;
  /** Closes the pipe, on which the browser ends. */
  close(): void;
}

export class DevToolsFault extends Error {}

const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
  sessionId: z.string().optional(),
});
type Message = z.infer<typeof messageSchema>;

export const defaultTimeoutMs = 5_000;

interface Waiting {
  readonly settle: (message: Message) => void;
  readonly fail: (reason: string) => void;
}

export function connectDevTools(toBrowser: Writable, fromBrowser: Readable): DevTools {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(params: unknown, session: string | undefined) => void>>();
  let lastId = 0;
  let gone = false;

  const end = () => {
    gone = true;
    for (const { fail } of waiting.values()) fail('the browser is gone');
    waiting.clear();
  };

  const take = (text: string) => {
    const { data: message } = messageSchema.safeParse(JSON.parse(text));
    if (!message) return;
    if (message.id !== undefined) return waiting.get(message.id)?.settle(message);
    for (const listener of listeners.get(message.method ?? '') ?? []) listener(message.params, message.sessionId);
  };

  let parts: Buffer[] = [];
  fromBrowser.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let zero = rest.indexOf(0); zero >= 0; zero = rest.indexOf(0)) {
      const text = Buffer.concat([...parts, rest.subarray(0, zero)]).toString('utf8');
      parts = [];
      rest = rest.subarray(zero + 1);
      take(text);
    }
    if (rest.length > 0) parts.push(rest);
  });
  fromBrowser.on('close', end);
  fromBrowser.on('error', end);
  toBrowser.on('error', end);

  return {
    send(command, params, session, timeoutMs = defaultTimeoutMs) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        if (gone) return reject(new DevToolsFault(`${command}: the browser is gone`));
        const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
        const fail = (reason: string) => {
          clearTimeout(timer);
          waiting.delete(id);
          reject(new DevToolsFault(`${command}: ${reason}`));
        };
        const settle = ({ error, result }: Message) => {
          if (error) return fail(error.message);
          const answer = commandAnswers[command].safeParse(result);
          if (!answer.success) return fail(z.prettifyError(answer.error));
          clearTimeout(timer);
          waiting.delete(id);
          // The schema was chosen by the command's name, so its output is that command's answer.
          resolve(answer.data as CommandAnswer<typeof command>);
        };
        waiting.set(id, { settle, fail });
        toBrowser.write(`${JSON.stringify({ id, method: command, params, ...(session === undefined ? {} : { sessionId: session }) })}\0`);
      });
    },
    on(event, listener) {
      const parsed = (params: unknown, session: string | undefined) => {
        const payload = eventSchemas[event].safeParse(params);
        // As above: the schema belongs to the event's name.
        if (payload.success) listener(payload.data as EventPayload<typeof event>, session);
      };
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(parsed));
      return () => void known.delete(parsed);
    },
    close() {
      end();
      toBrowser.end();
    },
  };
}
