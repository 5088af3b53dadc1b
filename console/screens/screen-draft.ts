// A screen's facts as they are typed, and what is sent of them.
import type { z } from 'zod';
import type { changeScreenSchema, ScreenView } from '../../core/screen-api.ts';
import type { Audience, dimmers, Profile, screenKinds, Surroundings } from '../../core/profile.ts';
import type { Window } from '../../core/schedule.ts';

export const wallFields = ['columns', 'rows', 'column', 'row', 'gapMm'] as const;
const alone = { columns: 1, rows: 1, column: 1, row: 1, gapMm: 0 } as const;

/** Numbers are null while their field is empty. */
export interface ProfileDraft {
  readonly kind: (typeof screenKinds)[number];
  readonly pitchMm: number | null;
  readonly viewport: { readonly x: number | null; readonly y: number | null; readonly width: number | null; readonly height: number | null };
  readonly distanceM: { readonly near: number | null; readonly far: number | null };
  readonly audience: Audience;
  readonly touch: boolean;
  readonly sound: boolean;
  readonly peakCdM2: number | null;
  readonly dimmedBy: (typeof dimmers)[number] | null;
  readonly surroundings: Surroundings;
  readonly wall: Readonly<Record<(typeof wallFields)[number], number | null>>;
}

export interface ScreenDraft {
  readonly name: string;
  readonly place: string;
  readonly unit: string | null;
  readonly contact: string;
  readonly operator: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly hours: readonly Window[];
  readonly profile: ProfileDraft;
}

export function profileDraft({ kind, pitchMm, viewport, distanceM, audience, touch, sound, peakCdM2, dimmedBy, surroundings, wall }: Profile): ProfileDraft {
  const unsaid = { peakCdM2: peakCdM2 ?? null, dimmedBy: dimmedBy ?? null, surroundings: surroundings ?? 'usual', wall: wall ?? alone };
  return { kind, pitchMm, viewport, distanceM, audience, touch, sound, ...unsaid };
}

/** As the schema takes it: what nobody has said is left out. */
export function sentProfile({ peakCdM2, dimmedBy, surroundings, wall, ...profile }: ProfileDraft) {
  return {
    ...profile,
    ...(peakCdM2 === null ? {} : { peakCdM2 }),
    ...(dimmedBy === null ? {} : { dimmedBy }),
    ...(surroundings === 'usual' || profile.audience !== 'indoor' ? {} : { surroundings }),
    ...(wall.columns === 1 && wall.rows === 1 ? {} : { wall }),
  };
}

export function screenDraft({ name, place, unit, contact, operator, tags, hours, profile }: ScreenView): ScreenDraft {
  return { name, place, unit, contact, operator, tags: tags.join(', '), hours, profile: profileDraft(profile) };
}

/** What is sent, once the schema has looked at it. */
export function sentScreen(
  { name, place, unit, contact, operator, tags, hours, profile }: ScreenDraft,
  revision: number,
): Readonly<Record<keyof Omit<z.input<typeof changeScreenSchema>, 'basis'>, unknown>> {
  const words = tags.split(',').map((tag) => tag.trim().normalize('NFC'));
  return {
    ...{ revision, name: name.normalize('NFC'), place: place.normalize('NFC'), unit, contact: contact.normalize('NFC'), hours },
    operator: operator.trim().normalize('NFC'),
    tags: words.filter((tag) => tag !== ''),
    profile: sentProfile(profile),
  };
}
