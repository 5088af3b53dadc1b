// Codes: the largest that fits in whole pixels, how far it reads, and how many modules a link needs.
import type { Profile } from '../profile.ts';
import { rules } from './rules.ts';

export interface CodeLayout {
  /** Whole screen pixels a module. */
  readonly modulePx: number;
  /** Side of the white card, quiet zone included, pixels. */
  readonly cardPx: number;
}

/** The largest code of `modules` a side that fits a square of `availablePx`, in whole pixels a module. */
export function fitCode(modules: number, availablePx: number): CodeLayout {
  const side = modules + 2 * rules.quietModules.figure;
  const modulePx = Math.floor(availablePx / side);
  return { modulePx, cardPx: modulePx * side };
}

/** Farthest distance in metres at which a code of this module size reads. */
export function readableCodeDistanceM(profile: Profile, modulePx: number): number {
  return (modulePx * profile.pitchMm) / rules.moduleMmPerM.figure;
}

/** Characters that alphanumeric mode holds. */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/** Data codewords of each version at level M, version 1 first (ISO/IEC 18004, table 7). */
const codewords = [
  16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914, 1_000, 1_062, 1_128, 1_193, 1_267, 1_373,
  1_455, 1_541, 1_631, 1_725, 1_812, 1_914, 1_992, 2_102, 2_216, 2_334,
] as const;

function bitsOf(text: string, version: number): number {
  const group = version < 10 ? 0 : version < 27 ? 1 : 2;
  if (alphanumeric.test(text)) return 4 + ([9, 11, 13][group] ?? 0) + Math.ceil((text.length * 11) / 2);
  return 4 + (group === 0 ? 8 : 16) + new TextEncoder().encode(text).length * 8;
}

/** Lowest version that holds a text at level M in one mode; `undefined` when none does. */
export function codeVersion(text: string): number | undefined {
  const index = codewords.findIndex((bytes, at) => bitsOf(text, at + 1) <= bytes * 8);
  return index === -1 ? undefined : index + 1;
}

/** Modules a side of a version, without the quiet zone. */
export function modulesOf(version: number): number {
  return 17 + 4 * version;
}
