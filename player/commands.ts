// Live requests of staff: each is taken once by its id, never after its end, and always answered. What was answered is remembered over a restart.
import { z } from 'zod';
import { commandAnswerSchema, commandKinds, type Command, type CommandAnswer, type CommandKind } from '../core/protocol.ts';
import { faultText, type Log } from './log.ts';
import { openTwoCopies } from './two-copies.ts';

/** Does what a command says; a reason when it cannot. */
export type Deed = (command: Command) => Promise<string | undefined>;

export interface Commands {
  take(command: Command): Promise<void>;
}

export interface CommandsOptions {
  readonly folder: string;
  readonly now: () => number;
  readonly deeds: Readonly<Record<CommandKind, Deed>>;
  /** Ends the process, after its answer is on its way; absent where nobody would start it again. */
  readonly restart: (() => void) | undefined;
  readonly answer: (answer: CommandAnswer) => void;
  readonly log: Log;
}

const maxRemembered = 50;
const keptSchema = z.array(commandAnswerSchema).max(maxRemembered);

const isKnown = (kind: string): kind is CommandKind => (commandKinds as readonly string[]).includes(kind);

export async function openCommands({ folder, now, deeds, restart, answer, log }: CommandsOptions): Promise<Commands> {
  const kept = await openTwoCopies({ folder, name: 'commands', schema: keptSchema, log });
  const answers = new Map((kept.value ?? []).map((each) => [each.id, Promise.resolve(each)]));

  const carryOut = async (command: Command): Promise<CommandAnswer> => {
    const { id, kind, expiresAt } = command;
    if (!isKnown(kind)) return { id, outcome: 'unknown' };
    if (now() > expiresAt) return { id, outcome: 'expired' };
    log.info({ id, kind }, 'a command of the staff is carried out');
    try {
      const reason = kind === 'restart' && !restart ? 'nobody would start this player again' : await deeds[kind](command);
      return reason === undefined ? { id, outcome: 'done' } : { id, outcome: 'failed', reason: reason.slice(0, 300) };
    } catch (fault) {
      return { id, outcome: 'failed', reason: faultText(fault).slice(0, 300) };
    }
  };

  return {
    async take(command) {
      const known = answers.get(command.id);
      if (known) return answer(await known);
      const result = carryOut(command);
      answers.set(command.id, result);
      const [oldest] = answers.keys();
      if (answers.size > maxRemembered && oldest !== undefined) answers.delete(oldest);
      const said = await result;
      await kept.write(await Promise.all(answers.values()));
      answer(said);
      if (command.kind === 'restart' && said.outcome === 'done') restart?.();
    },
  };
}
