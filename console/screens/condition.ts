// Why a screen is in its condition, as a message: what it really plays against what was published.
import { testCardItem } from '../../core/cover.ts';
import type { ScreenCondition, ScreenView } from '../../core/screen-api.ts';
import { ageText } from '../ages.ts';
import type { Say } from '../messages.ts';

export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

const tones: Readonly<Record<ScreenCondition, Tone>> = {
  correct: 'good',
  off: 'good',
  stopped: 'busy',
  solemn: 'good',
  alert: 'busy',
  updating: 'busy',
  wrong: 'bad',
  lost: 'bad',
  unpaired: 'quiet',
  revoked: 'quiet',
};

export function toneOf(condition: ScreenCondition): Tone {
  return tones[condition];
}

/** What is playing, held against the channel's published manifest. */
export type ManifestMatch =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'factory' }
  | { readonly kind: 'unpublished'; readonly playing: string }
  | { readonly kind: 'match' | 'mismatch'; readonly playing: string; readonly version: number };

export function manifestMatch({ health, manifest }: Pick<ScreenView, 'health' | 'manifest'>): ManifestMatch {
  if (health === null) return { kind: 'unknown' };
  const { playing } = health.manifest;
  if (playing === 'factory') return { kind: 'factory' };
  if (manifest === null) return { kind: 'unpublished', playing };
  return { kind: playing === manifest.sha256 ? 'match' : 'mismatch', playing, version: manifest.version };
}

/** What is on screen by its name; an order that stands in the programme's place by its number. */
export function showingText({ showing, health }: Pick<ScreenView, 'showing' | 'health'>, say: Say): string {
  if (health?.shows?.item === testCardItem) return say('screen.showingTestCard');
  const number = /^(?:stop|solemn|alert)-(\d+)$/.exec(health?.shows?.item ?? '')?.[1];
  return number === undefined ? (showing ?? say('screen.showingNothing')) : say('screen.showingOrder', { number });
}

/** Frames come once a second; from this age of the last one the server calls the screen wrong. */
const frameLostMs = 15_000;

function whyWrong({ health, manifest, awaits }: ScreenView, say: Say): string {
  if (health?.state === 'off') return say('why.dark');
  if (health?.state === 'stopped' || health?.state === 'solemn' || health?.state === 'alert') return say('why.wrongCover');
  if (awaits > 0 && health && health.manifest.playing !== manifest?.sha256) return say('why.awaits', { count: awaits });
  const reason = health?.manifest.reason;
  if (reason !== undefined) return say('why.wrongReason', { reason });
  if (health?.manifest.playing === 'factory') return say('why.factory');
  if (health && manifest && health.manifest.playing !== manifest.sha256) return say('why.wrongHash');
  // By the player's own clock, as it was when it reported.
  if (health && (health.lastFrameAt === null || health.at - health.lastFrameAt > frameLostMs)) return say('why.noFrame');
  return say('why.wrongItem');
}

/** One sentence under the condition. */
export function whyText(screen: ScreenView, now: number, say: Say): string {
  switch (screen.condition) {
    case 'correct':
      return say('why.correct');
    case 'updating':
      return say(screen.health?.state === 'test' ? 'why.testCard' : 'why.updating');
    case 'wrong':
      return whyWrong(screen, say);
    case 'lost':
      return screen.lastSeenAt === null ? say('why.lostNever') : say('why.lostSince', { age: ageText(screen.lastSeenAt, now, say) });
    case 'off':
      return say('why.off');
    case 'stopped':
      return say('why.stopped');
    case 'solemn':
      return say('why.solemn');
    case 'alert':
      return say('why.alert');
    case 'unpaired':
      return say('why.unpaired');
    case 'revoked':
      return say('why.revoked');
  }
}
