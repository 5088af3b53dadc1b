// How the time of one round divides among the items that are switched on.

import { roundSeconds as roundOf } from '../../core/layers.ts';

interface Timed {
  readonly id: string;
  readonly name: string;
  readonly scene: string;
  readonly seconds: number;
  readonly weight: number;
  readonly enabled: boolean;
}

/** Length of one round: every item that is on, as often as its weight says. */
export function roundSeconds(items: readonly Timed[]): number {
  return roundOf(items.filter(({ enabled }) => enabled));
}

export interface Share {
  readonly id: string;
  readonly name: string;
  readonly scene: string;
  /** Part of the round, 0 to 1. */
  readonly share: number;
}

export function sharesOf(items: readonly Timed[]): Share[] {
  const whole = roundSeconds(items);
  return items.filter(({ enabled }) => enabled).map(({ id, name, scene, seconds, weight }) => ({ id, name, scene, share: (seconds * weight) / whole }));
}
