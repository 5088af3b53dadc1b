// What the sum of all units is called: the whole city only where the units make one.
import { isCityTree } from '../../../core/units.ts';
import { wordsIn } from '../../words.ts';
import type { SceneFacts } from '../facts.ts';

export function wholeText({ campaign, language }: Pick<SceneFacts, 'campaign' | 'language'>): string {
  const own = wordsIn(language);
  return isCityTree(campaign.tree) ? own.city : own.allUnits;
}
