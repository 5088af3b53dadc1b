// One layer's content: a turn with the plan it came from, read and ready to draw.
import type { Plan } from '../../core/plan.ts';
import { paletteAt, type Palette } from '../../core/palette.ts';
import { readScene, type SceneContent } from '../../core/scenes.ts';
import { factsOf, type SceneFacts } from '../scenes/facts.ts';
import type { StageTurn } from './stage-turns.ts';

export interface Slot {
  readonly turn: StageTurn;
  readonly plan: Plan;
  readonly facts: SceneFacts;
  readonly scene: string;
  /** Of its start: within a turn no colour jumps. */
  readonly palette: Palette;
  /** Absent when this build cannot draw it. */
  readonly content: SceneContent | undefined;
  /** Text of the code, where the scene has one. */
  readonly code: string | undefined;
}

export function slotFor(plan: Plan, turn: StageTurn): Slot {
  const item = plan.items[turn.item];
  return {
    turn,
    plan,
    facts: factsOf(plan),
    scene: item?.scene ?? 'unknown',
    palette: paletteAt(plan.profile, turn.start),
    content: item && readScene(item.scene, item.props),
    code: item?.scene === 'install' ? item.code : undefined,
  };
}
