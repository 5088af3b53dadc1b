// Guidance for screens beside roads, read once from its data: what the product takes from it, and what it leaves out there.
import { z } from 'zod';
import type { Profile } from '../profile.ts';
import document from './roadside-rules.json' with { type: 'json' };

const figure = z.number().or(z.string());
const ruleSchema = z.looseObject({
  id: z.string(),
  values: z.record(z.string(), z.unknown()).or(z.array(z.string())),
  default: figure.optional(),
  strictest: figure.optional(),
  strictest_rule: figure.optional(),
});
const documentSchema = z.object({ about: z.string(), rules: z.array(ruleSchema), photosensitivity: z.array(ruleSchema) });
const { rules, photosensitivity } = documentSchema.parse(document);

/** Who says so: the names of a rule's sources, those to be checked again left out. */
export function roadsideSource(id: string): string {
  const found = [...rules, ...photosensitivity].find((rule) => rule.id === id);
  if (!found) throw new Error(`roadside-rules.json has no rule ${id}`);
  const names = Array.isArray(found.values) ? found.values : Object.keys(found.values);
  return `roadside-rules.json ${id}: ${names.filter((name) => !name.includes('recalled')).join('; ')}`;
}

function figureOf(id: string, choice: 'default' | 'strictest' | 'strictest_rule'): number {
  const value = rules.find((rule) => rule.id === id)?.[choice];
  if (typeof value !== 'number') throw new Error(`roadside-rules.json: ${id} has no ${choice} figure`);
  return value;
}

/** The figures of a site of which nothing else is known. */
export const roadside = {
  dwellMinSeconds: figureOf('dwell_min_s', 'default'),
  transitionMaxSeconds: figureOf('transition_max_s', 'strictest'),
  nightCdM2: figureOf('brightness_night_cd_m2', 'default'),
  /** In the small hours: the strictest rule among the sources. */
  lateCdM2: figureOf('brightness_night_cd_m2', 'strictest_rule'),
  dayCdM2: figureOf('brightness_day_cd_m2', 'default'),
} as const;

const movingScenes: readonly string[] = ['video'];
const pagedScenes: readonly string[] = ['story'];

/** Whether pictures may move: never where riders look. */
export function mayMove(profile: Profile): boolean {
  return profile.audience === 'indoor';
}

export function isOutdoors(profile: Profile): boolean {
  return profile.audience !== 'indoor';
}

export type RoadsideReason = 'trafficMotion' | 'trafficPages';

/** Why a scene never shows where traffic looks; `undefined` when it may. */
export function keptFromTraffic(profile: Profile, scene: string): RoadsideReason | undefined {
  if (profile.audience !== 'traffic') return undefined;
  if (movingScenes.includes(scene)) return 'trafficMotion';
  return pagedScenes.includes(scene) ? 'trafficPages' : undefined;
}
