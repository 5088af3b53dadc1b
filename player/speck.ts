// Asks the page for the speck and hears when it stands on the glass: a pixel in the corner of the picture that lets a still prove that it is alive.
import type { FromStage, SpeckShade, ToStage } from '../core/bridge.ts';
import type { MachineClock } from './machine-clock.ts';

export interface Speck {
  /** Settles with whether the page says in time that the speck stands in this shade. */
  draw(shade: SpeckShade): Promise<boolean>;
  hear(message: FromStage): void;
}

const answerMs = 2_000;

export function askForSpeck(say: (message: ToStage) => boolean, clock: Pick<MachineClock, 'after'>): Speck {
  let waiting: { readonly shade: SpeckShade; readonly settle: (isDrawn: boolean) => void } | undefined;

  return {
    draw: (shade) =>
      new Promise((resolve) => {
        waiting?.settle(false);
        const cancel = clock.after(answerMs, () => settle(false));
        const settle = (isDrawn: boolean) => {
          cancel();
          waiting = undefined;
          resolve(isDrawn);
        };
        waiting = { shade, settle };
        if (!say({ type: 'speck', shade })) settle(false);
      }),
    hear(message) {
      if (message.type === 'speck' && message.shade === waiting?.shade) waiting.settle(true);
    },
  };
}
