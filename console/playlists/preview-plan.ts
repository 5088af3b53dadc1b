// The plan that the preview page plays: one item over and over, on a screen of this profile.
import type { Campaign } from '../../core/campaign.ts';
import type { Plan } from '../../core/plan.ts';
import { playerPaths } from '../../core/protocol.ts';
import type { SentItem } from '../../core/playlist-draft.ts';
import type { Language } from '../../core/primitives.ts';
import { mediaOf, readScene } from '../../core/scenes.ts';
import type { Unit } from '../../core/units.ts';
import type { Wall } from './item-check.ts';

/** What every scene may need beside its own words. */
export interface Surroundings {
  readonly manifest: string;
  readonly campaign: Campaign;
  readonly units: readonly Unit[];
}

const maxTurns = 1_000;

/**
 * `undefined` while the item lacks something.
 * @param serial tells plans apart, so that each is drawn anew
 */
export function previewPlan(
  { scene, props, seconds }: Pick<SentItem, 'scene' | 'props' | 'seconds'>,
  { name, number, profile }: Wall,
  around: Surroundings,
  at: { readonly now: number; readonly serial: number; readonly language: Language; readonly code: string | undefined },
): Plan | undefined {
  const content = readScene(scene, props);
  if (!content || !(seconds >= 1)) return undefined;
  const item = `preview-${at.serial}`;
  const ms = Math.round(seconds * 1_000);
  return {
    ...{ manifest: around.manifest, campaign: around.campaign, units: [...around.units], profile, language: at.language, clockOffsetMs: 0 },
    screen: { name, number, trial: false },
    items: { [item]: { scene, props: content.props, ...(at.code === undefined ? {} : { code: at.code }) } },
    turns: Array.from({ length: maxTurns }, (_, turn) => ({
      id: `${at.serial}-${turn}`,
      start: at.now + turn * ms,
      end: at.now + (turn + 1) * ms,
      item,
    })),
    media: Object.fromEntries(mediaOf(content).map((hash) => [hash, playerPaths.media(hash)])),
  };
}
