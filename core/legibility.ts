// The legibility engine: what of a turn on a screen cannot be read, scanned or borne, by which rule, and what to do about it.
// The stage sizes by the same rules (core/type-scale.ts), the server refuses by them, the console explains by them.
import { contrastRatio, lightnessContrast, relativeLuminance, rgbOf } from './legibility/contrast.ts';
import { judge, type Finding } from './legibility/finding.ts';
import { capHeightRatio, capRule, hasStackedMarks, minCapMm } from './legibility/letters.ts';
import { measure, type CodeMeasures, type Measures, type Turn, type WordMeasures } from './legibility/measures.ts';
import { rules } from './legibility/rules.ts';
import { strokeEm } from './legibility/text-layout.ts';
import { isOutdoors } from './legibility/roadside.ts';
import { wallCanvas } from './wall.ts';
import type { Profile } from './profile.ts';
import { countSyllables } from './legibility/syllables.ts';

/** Findings for an item's turn on a screen, errors first; empty when it reads, scans and keeps the rules of its place. */
export function check(profile: Profile, turn: Turn): Finding[] {
  return checkMeasures(wallCanvas(profile).profile, measure(profile, turn));
}

/** The same for what was measured elsewhere: on a page, in a picture, over the frames of a video. */
export function checkMeasures(profile: Profile, measures: Measures): Finding[] {
  const { code, words = [], leftOut = [], noMap, nightCdM2 } = measures;
  const findings = [
    ...(code ? checkCode(profile, code, measures.seconds) : []),
    ...words.flatMap((each) => checkWords(profile, each)),
    ...leftOut.flatMap((text) => judge('wordsLeftOut', { measured: countSyllables(text), text })),
    ...checkReading(profile, measures),
    ...checkPlace(profile, measures),
    ...(noMap === undefined ? [] : judge(noMap, { measured: 1 })),
    ...(nightCdM2 === undefined || !isOutdoors(profile) ? [] : judge('nightCdM2', { measured: nightCdM2 })),
  ];
  return [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity === 'warning')];
}

const yes = (value: boolean) => (value ? 1 : 0);

function checkCode(profile: Profile, code: CodeMeasures, seconds: number): Finding[] {
  const { modulePx, quietModules, modules, version, dark, light, logo = false, moves = false, split = false, cardLevel = 1 } = code;
  const distanceM = profile.distanceM.near;
  const moduleMm = modulePx * profile.pitchMm;
  const needed = (mmPerM: number) => ({ measured: moduleMm, required: mmPerM * distanceM, unit: 'mm' }) as const;
  const comfort = judge('moduleMmPerMComfort', needed(rules.moduleMmPerMComfort.figure));
  return [
    ...judge('minModulePx', { measured: modulePx }),
    ...judge('codeWholePixels', { measured: yes(Number.isInteger(modulePx)) }),
    ...judge('quietModules', { measured: quietModules }),
    ...judge('moduleMmPerM', needed(rules.moduleMmPerM.figure)),
    ...comfort,
    ...(comfort.length > 0 && modules !== undefined
      ? judge('codeWidthShare', { measured: modules * moduleMm, required: rules.codeWidthShare.figure * distanceM * 1_000, unit: 'mm' })
      : []),
    ...(version === undefined ? [] : judge('maxCodeVersion', { measured: version })),
    ...judge('minCodeSeconds', { measured: seconds }),
    ...(dark === undefined || light === undefined ? [] : checkInk(dark, light)),
    ...judge('codeStill', { measured: yes(!moves) }),
    ...(isOutdoors(profile) ? judge('codeWithoutLogo', { measured: yes(!logo) }) : []),
    ...judge('codeOnOneScreen', { measured: yes(!split) }),
    ...judge('codeCardBrightness', { measured: cardLevel }),
  ];
}

function checkInk(dark: string, light: string): Finding[] {
  const upright = relativeLuminance(rgbOf(dark)) < relativeLuminance(rgbOf(light));
  return [...judge('codeDarkOnLight', { measured: yes(upright) }), ...judge('codeContrast', { measured: contrastRatio(dark, light) })];
}

function checkWords(profile: Profile, { text, fontPx, cutPx, weight, colour, ground }: WordMeasures): Finding[] {
  const capPx = fontPx * capHeightRatio;
  const onLed = profile.kind === 'led';
  return [
    ...(cutPx === undefined ? [] : judge('wordsFit', { measured: fontPx, required: cutPx, text })),
    ...judge(capRule(profile), { measured: capPx * profile.pitchMm, required: minCapMm(profile), unit: 'mm', text }),
    ...(onLed ? judge(hasStackedMarks(text) ? 'minLedCapPx' : 'minPlainLedCapPx', { measured: capPx, text }) : []),
    ...(onLed && weight !== undefined ? judge('minLedStrokePx', { measured: fontPx * strokeEm[weight], text }) : []),
    ...(colour === undefined || ground === undefined
      ? []
      : [
          ...judge('textContrast', { measured: contrastRatio(colour, ground), text }),
          ...judge('textLightness', { measured: Math.abs(lightnessContrast(colour, ground)), text }),
        ]),
  ];
}

function checkReading(profile: Profile, { syllables = 0, seconds, lines }: Measures): Finding[] {
  const traffic = profile.audience === 'traffic';
  const pace = { measured: syllables / seconds };
  if (!traffic) return judge('syllablesPerSecondWaiting', pace);
  return [
    ...judge('maxTrafficSyllables', { measured: syllables }),
    ...(lines === undefined ? [] : judge('maxTrafficLines', { measured: lines })),
    ...judge('syllablesPerSecondTraffic', pace),
  ];
}

function checkPlace(
  profile: Profile,
  { seconds, moves = false, paged = false, sound = false, transitionSeconds = 0, flashesPerSecond = 0 }: Measures,
): Finding[] {
  const outdoors = isOutdoors(profile) ? judge('outdoorSound', { measured: yes(sound) }) : [];
  if (profile.audience !== 'traffic') return [...outdoors, ...judge('flashesPerSecond', { measured: flashesPerSecond })];
  return [
    ...outdoors,
    ...judge('trafficDwellSeconds', { measured: seconds }),
    ...judge('trafficTransitionSeconds', { measured: transitionSeconds }),
    ...judge('trafficMotion', { measured: yes(moves) }),
    ...judge('trafficPages', { measured: yes(paged) }),
    ...judge('trafficFlashes', { measured: flashesPerSecond }),
  ];
}
