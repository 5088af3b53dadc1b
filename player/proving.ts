// Whether a new manifest can be played: it is proven by a steady picture, and taken back when the box falls again and again before one, or when its items fail in a row.
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import type { Holdings } from './holdings.ts';
import { serial } from './serial.ts';

export interface Proving {
  /** The box has started with the manifest that it holds. */
  started(): Promise<void>;
  /** A turn under a manifest is on screen; an item that stands in from the factory playlist proves no content. */
  shown(manifest: string, item: string): void;
  /** Sound content that could not be shown. */
  failed(manifest: string, item: string, reason: string): void;
  /** The page fell. */
  fell(): void;
  stop(): void;
}

export interface ProvingOptions {
  readonly holdings: Pick<Holdings, 'manifest' | 'isProven' | 'hasPrevious' | 'countTry' | 'prove' | 'takeBack'>;
  readonly clock: Pick<MachineClock, 'after'>;
  readonly log: Log;
  /** Another manifest, or none, plays from now on. */
  readonly takenBack: () => void;
}

/** A picture that stood this long is steady. */
export const steadyMs = 5_000;
/** Starts and falls of the page without a steady picture; a few power cuts are no fault of the content. */
export const maxTries = 5;
const maxInARow = 3;

export function startProving({ holdings, clock, log, takenBack }: ProvingOptions): Proving {
  /** Its items have been on screen in an earlier run: what fails now is quarantined, one by one. */
  let trusted = holdings.isProven ? holdings.manifest?.sha256 : undefined;
  let watched: string | undefined;
  const shownOnce = new Set<string>();
  const inARow = new Set<string>();
  let cancelSteady: (() => void) | undefined;
  const inOrder = serial();

  const rest = () => {
    cancelSteady?.();
    cancelSteady = undefined;
  };
  /** Begins anew with each manifest. */
  const follow = () => {
    const now = holdings.manifest?.sha256;
    if (now === watched) return;
    watched = now;
    shownOnce.clear();
    inARow.clear();
    rest();
  };
  const takeBack = async (reason: string) => {
    log.error({ manifest: holdings.manifest?.sha256, reason }, 'the manifest cannot be played and is taken back');
    await holdings.takeBack(reason);
    trusted = holdings.manifest?.sha256;
    follow();
    takenBack();
  };
  const tryAgain = async () => {
    if (holdings.isProven) return;
    const tries = await holdings.countTry();
    if (tries > maxTries) await takeBack(`no steady picture in ${maxTries} tries`);
  };
  /** One judgement after the other, and none over a manifest that has gone meanwhile. */
  const judge = (judgement: () => Promise<void>) => {
    const about = watched;
    void inOrder(async () => (holdings.manifest?.sha256 === about ? judgement() : undefined)).catch((fault: unknown) =>
      log.error({ fault: faultText(fault) }, 'the manifest cannot be judged now'),
    );
  };

  return {
    started: () => inOrder(tryAgain),
    shown(manifest, item) {
      follow();
      if (manifest !== watched) return;
      if (holdings.manifest?.content.entries.has(item)) {
        shownOnce.add(item);
        inARow.clear();
      }
      if (!holdings.isProven) cancelSteady ??= clock.after(steadyMs, () => judge(async () => (manifest === watched ? holdings.prove() : undefined)));
    },
    failed(manifest, item, reason) {
      follow();
      const entries = holdings.manifest?.content.entries;
      if (manifest !== watched || !entries?.has(item) || manifest === trusted || shownOnce.has(item)) return;
      inARow.add(item);
      const failing = inARow.size;
      if (failing < Math.min(maxInARow, entries.size) || !holdings.hasPrevious) return;
      judge(() => takeBack(`${failing} items in a row cannot be shown, the last one: ${reason}`));
    },
    fell() {
      follow();
      rest();
      judge(tryAgain);
    },
    stop: rest,
  };
}
