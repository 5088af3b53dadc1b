// Legibility in figures: how large a code and words must be to be read from where people stand.
// Source of every figure: docs/legibility.md.
import type { Profile } from './profile.ts';

/** Rules as data; `docs/legibility.md` says where each comes from. */
export const rules = {
  /** A module measures at least this many millimetres for each metre of distance. */
  moduleMmPerM: 2,
  /** Comfortable, to aim for. */
  moduleMmPerMComfort: 2.5,
  minModulePx: 3,
  quietModules: 4,
  minCodeSeconds: 10,
  /** Cap height in millimetres for each metre of distance. */
  capMmPerM: { traffic: 6, public: 4, indoor: 4 },
  /** Nothing smaller than this on any LED, pixels of cap height, with stacked Vietnamese marks. */
  minLedCapPx: 24,
  /** The same for words without stacked marks. */
  minPlainLedCapPx: 16,
} as const;

/** Cap height of Be Vietnam Pro as a share of its font size. */
export const capHeightRatio = 0.7;

export interface Finding {
  readonly rule: keyof typeof rules;
  readonly measured: number;
  readonly required: number;
  readonly unit: 'px' | 'mm' | 's' | 'modules';
  readonly severity: 'error' | 'warning';
}

export interface CodeLayout {
  /** Whole screen pixels a module. */
  readonly modulePx: number;
  /** Side of the white card, quiet zone included, pixels. */
  readonly cardPx: number;
}

/** The largest code of `modules` a side that fits a square of `availablePx`, in whole pixels a module. */
export function fitCode(modules: number, availablePx: number): CodeLayout {
  const side = modules + 2 * rules.quietModules;
  const modulePx = Math.floor(availablePx / side);
  return { modulePx, cardPx: modulePx * side };
}

/** Farthest distance in metres at which a code of this module size reads. */
export function readableCodeDistanceM(profile: Profile, modulePx: number): number {
  return (modulePx * profile.pitchMm) / rules.moduleMmPerM;
}

/** Font size in pixels whose capitals are tall enough from a distance; never under what an LED can draw. */
export function minFontPx(profile: Profile, distanceM: number = profile.distanceM.near): number {
  const capMm = rules.capMmPerM[profile.audience] * distanceM;
  const capPx = Math.max(capMm / profile.pitchMm, profile.kind === 'led' ? rules.minLedCapPx : 0);
  return Math.ceil(capPx / capHeightRatio);
}

/** Whether some letter carries two marks, as in "ặ" or "ố": such words need more pixels on an LED. */
export function hasStackedMarks(text: string): boolean {
  return /\p{M}{2}/u.test(text.normalize('NFD'));
}

/** As `minFontPx`, for known words: words without stacked marks may be smaller on an LED. */
export function minTextPx(profile: Profile, text: string, distanceM: number = profile.distanceM.near): number {
  if (profile.kind !== 'led' || hasStackedMarks(text)) return minFontPx(profile, distanceM);
  const capPx = Math.max((rules.capMmPerM[profile.audience] * distanceM) / profile.pitchMm, rules.minPlainLedCapPx);
  return Math.ceil(capPx / capHeightRatio);
}

/** What is measured of a turn that carries a code. */
export interface CodeTurn {
  readonly modulePx: number;
  readonly quietModules: number;
  readonly seconds: number;
}

/** Findings for a code on a screen; empty when all rules hold at the near distance. */
export function check(profile: Profile, { modulePx, quietModules, seconds }: CodeTurn): Finding[] {
  const findings: Finding[] = [];
  const expect = (rule: Finding['rule'], measured: number, required: number, unit: Finding['unit'], severity: Finding['severity']) => {
    if (measured < required) findings.push({ rule, measured, required, unit, severity });
  };
  expect('minModulePx', modulePx, rules.minModulePx, 'px', 'error');
  expect('quietModules', quietModules, rules.quietModules, 'modules', 'error');
  expect('minCodeSeconds', seconds, rules.minCodeSeconds, 's', 'error');
  const moduleMm = modulePx * profile.pitchMm;
  expect('moduleMmPerM', moduleMm, rules.moduleMmPerM * profile.distanceM.near, 'mm', 'error');
  expect('moduleMmPerMComfort', moduleMm, rules.moduleMmPerMComfort * profile.distanceM.near, 'mm', 'warning');
  return findings;
}
