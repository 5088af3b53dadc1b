// A plan's turns as the stage keeps them: each with a key that says what is drawn, so that a new plan swaps only what changed.
import type { Plan } from '../../core/plan.ts';
import type { KeyedTurn } from './turn-clock.ts';

export interface StageTurn extends KeyedTurn {
  readonly id: string;
  readonly item: string;
  readonly scene: string;
}

/** Turn ids are unique within a manifest; a substitute, another profile or language draws something else. */
export function turnsOf({ manifest, turns, items, profile, language, campaign }: Plan): StageTurn[] {
  const look = JSON.stringify([profile, language, campaign.period]);
  return turns
    .map(({ id, start, end, item }) => ({ id, start, end, item, scene: items[item]?.scene ?? 'unknown', key: `${manifest}/${id}/${item}/${look}` }))
    .sort((a, b) => a.start - b.start);
}

/** Scenes that stay right without new facts: no figures that age, no days that pass. */
const safeScenes = ['install', 'message', 'motto', 'story', 'picture'];

/** What to hold when the plan has run out: what is shown if it is safe, else the last safe turn of the plan. */
export function lastSafeStill(turns: readonly StageTurn[], shown: StageTurn | undefined): StageTurn | undefined {
  if (shown && safeScenes.includes(shown.scene)) return shown;
  return turns.findLast(({ scene }) => safeScenes.includes(scene)) ?? shown;
}
