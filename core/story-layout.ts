// How a story is set on a screen: number beside words, or above them with the list of all pages below, where people stand and the screen is not wide.
import type { Shape } from './profile.ts';

interface StoryFacts {
  readonly shape: Shape;
  readonly flat: boolean;
}

export function storyStacks({ shape }: Pick<StoryFacts, 'shape'>): boolean {
  return shape === 'portrait' || shape === 'kiosk' || shape === 'square';
}

export function storyHasIndex(facts: StoryFacts): boolean {
  return storyStacks(facts) && !facts.flat;
}

/** Shares of number, words and list, for a stacked story. */
export function storyShares(facts: StoryFacts): readonly number[] {
  if (!storyHasIndex(facts)) return [30, 70];
  return facts.shape === 'square' ? [24, 46, 30] : [20, 46, 34];
}

export function storyRows(facts: StoryFacts): string {
  return storyShares(facts)
    .map((share) => `minmax(0, ${share}fr)`)
    .join(' ');
}
