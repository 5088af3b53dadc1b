// Answers the technician in front of the screen: whoever types its PIN sees how the box is, or the test card. After five wrong ones nobody may try for a while.
import type { FromStage, ToStage } from '../core/bridge.ts';
import type { Diagnosis, PinProof, TechnicianAnswer } from '../core/technician.ts';
import type { Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { isPin } from './pin.ts';

export const mostTries = 5;
export const lockedMs = 10 * 60_000;

export interface Technician {
  hear(message: FromStage): void;
}

export interface TechnicianOptions {
  readonly pin: () => PinProof | undefined;
  readonly diagnosis: () => Diagnosis;
  /** @returns why it cannot be shown */
  readonly testCard: () => string | undefined;
  readonly say: (message: ToStage) => void;
  readonly clock: MachineClock;
  readonly log: Log;
}

export function openTechnician({ pin, diagnosis, testCard, say, clock, log }: TechnicianOptions): Technician {
  let wrong = 0;
  let lockedUntilMonoMs = 0;
  let isBusy = false;

  const answer = async ({ pin: typed, wish }: Extract<FromStage, { type: 'technician' }>): Promise<TechnicianAnswer> => {
    const proof = pin();
    if (!proof) return { result: 'no-pin' };
    const waitMs = lockedUntilMonoMs - clock.monoMs();
    if (waitMs > 0) return { result: 'wait', seconds: Math.ceil(waitMs / 1_000) };
    if (!(await isPin(typed, proof))) {
      wrong += 1;
      log.warn({ wrong }, 'a wrong PIN was typed at the screen');
      if (wrong < mostTries) return { result: 'wrong', triesLeft: mostTries - wrong };
      wrong = 0;
      lockedUntilMonoMs = clock.monoMs() + lockedMs;
      return { result: 'wait', seconds: lockedMs / 1_000 };
    }
    wrong = 0;
    log.info({ wish }, 'a technician is at the screen');
    if (wish === 'diagnosis') return { result: 'diagnosis', diagnosis: diagnosis() };
    const reason = testCard();
    return reason === undefined ? { result: 'done' } : { result: 'failed', reason };
  };

  return {
    hear(message) {
      // One at a time: each try costs, and a second finger gets no more of them.
      if (message.type !== 'technician' || isBusy) return;
      isBusy = true;
      void answer(message)
        .then((said) => say({ type: 'technician', answer: said }))
        .finally(() => (isBusy = false));
    },
  };
}
