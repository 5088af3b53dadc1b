// What a scene is given: everything about the screen and its time. A scene reads nothing global.
import type { Campaign } from '../../core/campaign.ts';
import type { Board } from '../../core/plan.ts';
import { mayMove } from '../../core/legibility/roadside.ts';
import { isFlat, shapeOf, type Profile, type Shape } from '../../core/profile.ts';
import type { Language, LocalText } from '../../core/primitives.ts';
import { inLanguage } from '../../core/primitives.ts';
import type { Unit } from '../../core/units.ts';
import { isNarrow, scaleFor, type TypeScale } from '../../core/type-scale.ts';
import type { SceneProgress } from './progress.ts';

export interface SceneFacts {
  readonly profile: Profile;
  readonly shape: Shape;
  /** Room for one column of large words only: a pole. */
  readonly narrow: boolean;
  readonly tall: boolean;
  /** Tall or square: parts of a table stand above each other. */
  readonly stacked: boolean;
  /** Flat colours, no motif (LEDs and streets). */
  readonly flat: boolean;
  /** Motion is allowed: indoors only. */
  readonly moving: boolean;
  readonly scale: TypeScale;
  readonly campaign: Campaign;
  readonly units: ReadonlyMap<string, Unit>;
  /** The unit in which the screen stands. */
  readonly ownUnit: string | undefined;
  readonly language: Language;
}

/** What every scene component takes beside its props. */
export interface SceneInput<Props> {
  readonly props: Props;
  readonly facts: SceneFacts;
  /** On the visible layer. */
  readonly visible: boolean;
  /** Of the turn, on the server's clock. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly board: Board | null;
  readonly code: string | undefined;
  readonly media: (sha256: string) => string;
  readonly progress: SceneProgress;
}

export interface FactsSource {
  readonly profile: Profile;
  readonly campaign: Campaign;
  readonly units: readonly Unit[];
  readonly language: Language;
  readonly screen: { readonly unit?: string | undefined };
}

export function factsOf({ profile, campaign, units, language, screen }: FactsSource): SceneFacts {
  const shape = shapeOf(profile);
  const scale = scaleFor(profile);
  return {
    profile,
    shape,
    narrow: isNarrow(profile, scale),
    tall: shape === 'portrait' || shape === 'kiosk',
    stacked: shape === 'portrait' || shape === 'kiosk' || shape === 'square',
    flat: isFlat(profile),
    moving: mayMove(profile),
    scale,
    campaign,
    units: new Map(units.map((unit) => [unit.code, unit])),
    ownUnit: screen.unit,
    language,
  };
}

export function words(facts: SceneFacts, text: LocalText): string {
  return inLanguage(text, facts.language);
}
