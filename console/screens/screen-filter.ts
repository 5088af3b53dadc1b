// Which screens a clerk looks at: by words, by condition, trouble first.
import type { ScreenCondition, ScreenView } from '../../core/screen-api.ts';
import { foldName } from '../../core/units.ts';

const urgency: readonly ScreenCondition[] = ['wrong', 'lost', 'alert', 'stopped', 'updating', 'unpaired', 'revoked', 'solemn', 'correct', 'off'];

/** How many screens are in each condition that occurs, the most urgent first. */
export function countConditions(screens: readonly Pick<ScreenView, 'condition'>[]): { condition: ScreenCondition; count: number }[] {
  return urgency.map((condition) => ({ condition, count: screens.filter((screen) => screen.condition === condition).length })).filter(({ count }) => count > 0);
}

/** Words match name, place, number, channel, operator, tags; case and diacritics do not count. By number. */
export function filterScreens<Screen extends Pick<ScreenView, 'number' | 'name' | 'place' | 'channel' | 'condition' | 'operator' | 'tags'>>(
  screens: readonly Screen[],
  words: string,
  condition: ScreenCondition | undefined,
): Screen[] {
  const wanted = foldName(words)
    .split(' ')
    .filter((word) => word !== '');
  return screens
    .filter((screen) => condition === undefined || screen.condition === condition)
    .filter(({ name, place, number, channel, operator, tags }) => {
      const text = foldName(`${name} ${place} ${number} ${channel} ${operator} ${tags.join(' ')}`);
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => a.number - b.number);
}
