// The rules of legibility: figure, unit, weight and source of each. `docs/legibility.md` is their page, and a test holds the two together.
import { roadside, roadsideSource } from './roadside.ts';

export const severities = ['error', 'warning'] as const;
export const units = [
  'px',
  'mm',
  'mm/m',
  's',
  'modules',
  'version',
  'ratio',
  'Lc',
  'syllables',
  'syllables/s',
  'lines',
  'flashes/s',
  'cd/m²',
  'share',
  'yes',
] as const;

export interface Rule {
  readonly figure: number;
  readonly unit: (typeof units)[number];
  /** Whether the figure is the least or the most allowed. */
  readonly bound: 'least' | 'most';
  /** An error refuses a publish; a warning is told. */
  readonly severity: (typeof severities)[number];
  readonly source: string;
}

const simulation = 'docs/legibility.md: simulation of phone cameras in front of screens';
const signage = 'docs/legibility.md: common signage practice (about 1:250 at leisure, 1:170 in traffic)';
const house = 'docs/legibility.md: house rule';
const wcagContrast = 'WCAG 2.2, 1.4.6 Contrast (Enhanced)';
const wcagFlash = 'WCAG 2.2, 2.3.1 Three Flashes or Below Threshold; ITU-R BT.1702; Ofcom, Annex 1 (2009)';

export const rules = {
  minModulePx: { figure: 3, unit: 'px', bound: 'least', severity: 'error', source: simulation },
  /** A module of broken pixels is smoothed or uneven; cameras read neither. */
  codeWholePixels: { figure: 1, unit: 'yes', bound: 'least', severity: 'error', source: simulation },
  quietModules: { figure: 4, unit: 'modules', bound: 'least', severity: 'error', source: `${simulation}; ISO/IEC 18004` },
  /** Millimetres of a module for each metre of distance: 3 camera pixels in a 1920 px preview. */
  moduleMmPerM: { figure: 2, unit: 'mm/m', bound: 'least', severity: 'error', source: simulation },
  moduleMmPerMComfort: { figure: 2.5, unit: 'mm/m', bound: 'least', severity: 'warning', source: simulation },
  /** The folk rule; asked only where the module is not comfortable. */
  codeWidthShare: { figure: 0.1, unit: 'share', bound: 'least', severity: 'warning', source: simulation },
  maxCodeVersion: { figure: 3, unit: 'version', bound: 'most', severity: 'warning', source: simulation },
  minCodeSeconds: { figure: 10, unit: 's', bound: 'least', severity: 'error', source: house },
  codeContrast: { figure: 7, unit: 'ratio', bound: 'least', severity: 'error', source: simulation },
  codeDarkOnLight: { figure: 1, unit: 'yes', bound: 'least', severity: 'error', source: simulation },
  codeStill: { figure: 1, unit: 'yes', bound: 'least', severity: 'error', source: house },
  codeWithoutLogo: { figure: 1, unit: 'yes', bound: 'least', severity: 'error', source: house },
  /** On a wall of several screens: the frames between them would cut it. */
  codeOnOneScreen: { figure: 1, unit: 'yes', bound: 'least', severity: 'error', source: house },
  codeCardBrightness: { figure: 0.5, unit: 'share', bound: 'least', severity: 'error', source: simulation },

  /** Millimetres of capital height for each metre of distance. */
  capMmPerMTraffic: { figure: 6, unit: 'mm/m', bound: 'least', severity: 'error', source: signage },
  capMmPerMLeisure: { figure: 4, unit: 'mm/m', bound: 'least', severity: 'error', source: signage },
  /** Pixels of capital height on any LED, with stacked Vietnamese marks and without. */
  minLedCapPx: { figure: 24, unit: 'px', bound: 'least', severity: 'error', source: house },
  minPlainLedCapPx: { figure: 16, unit: 'px', bound: 'least', severity: 'error', source: house },
  minLedStrokePx: { figure: 2, unit: 'px', bound: 'least', severity: 'error', source: house },
  /** Words that do not fit at the least size of their composition; the least is the screen's own. */
  wordsFit: { figure: 0, unit: 'px', bound: 'least', severity: 'error', source: house },
  /** Words that leave the screen because they do not fit at their least size. */
  wordsLeftOut: { figure: 0, unit: 'syllables', bound: 'most', severity: 'warning', source: house },
  maxTrafficSyllables: { figure: 12, unit: 'syllables', bound: 'most', severity: 'error', source: house },
  maxTrafficLines: { figure: 2, unit: 'lines', bound: 'most', severity: 'warning', source: house },
  syllablesPerSecondTraffic: { figure: 2, unit: 'syllables/s', bound: 'most', severity: 'error', source: house },
  syllablesPerSecondWaiting: { figure: 4, unit: 'syllables/s', bound: 'most', severity: 'warning', source: house },
  textContrast: { figure: 7, unit: 'ratio', bound: 'least', severity: 'error', source: wcagContrast },
  textLightness: { figure: 75, unit: 'Lc', bound: 'least', severity: 'warning', source: 'APCA 0.1.9, body text' },

  trafficDwellSeconds: { figure: roadside.dwellMinSeconds, unit: 's', bound: 'least', severity: 'error', source: roadsideSource('dwell_min_s') },
  trafficTransitionSeconds: { figure: roadside.transitionMaxSeconds, unit: 's', bound: 'most', severity: 'error', source: roadsideSource('transition_max_s') },
  /** Left out on the screen, so the publish goes on. */
  trafficMotion: { figure: 0, unit: 'yes', bound: 'most', severity: 'warning', source: roadsideSource('motion') },
  trafficPages: { figure: 0, unit: 'yes', bound: 'most', severity: 'warning', source: roadsideSource('message_sequencing') },
  /** Likewise left out: a map of the units has no shapes to draw, or no room to tell them apart. */
  mapShapes: { figure: 0, unit: 'yes', bound: 'most', severity: 'warning', source: house },
  mapRoom: { figure: 0, unit: 'yes', bound: 'most', severity: 'warning', source: house },
  outdoorSound: { figure: 0, unit: 'yes', bound: 'most', severity: 'error', source: roadsideSource('sound_outdoor') },
  trafficFlashes: { figure: 0, unit: 'flashes/s', bound: 'most', severity: 'error', source: roadsideSource('motion') },
  flashesPerSecond: { figure: 3, unit: 'flashes/s', bound: 'most', severity: 'error', source: wcagFlash },
  nightCdM2: { figure: roadside.nightCdM2, unit: 'cd/m²', bound: 'most', severity: 'warning', source: roadsideSource('brightness_night_cd_m2') },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
export const ruleIds = Object.keys(rules) as [RuleId, ...RuleId[]];
