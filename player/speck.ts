// Asks the page for the speck and hears when it stands on the glass: a few pixels in the corner of the picture that let a still prove that it is alive.
import type { FromStage, SpeckShade, ToStage } from '../core/bridge.ts';
import type { MachineClock } from './machine-clock.ts';

export interface Speck {
  /** Settles with whether the page says in time that the speck stands in this shade. */
  draw(shade: SpeckShade): Promise<boolean>;
  hear(message: FromStage): void;
}

/**
 * Of the JPEG that a shell looks at. The speck's two shades differ by 8 of 255 steps at least over 4 by 4 pixels of one block, which moves its mean (its DC coefficient) by 16:
 * more than the 13 to which this quality rounds it, so the files differ. A picture without loss would be many times as large.
 */
export const glimpseQuality = 60;
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
