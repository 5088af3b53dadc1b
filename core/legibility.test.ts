// The legibility engine: each rule bites at its figure, larger and longer never reads worse, and what ships has no error on any usual screen.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, checkMeasures } from './legibility.ts';
import { fitCode, readableCodeDistanceM } from './legibility/code.ts';
import { legibilityFindingSchema } from './legibility/finding.ts';
import { capHeightRatio, minFontPx, minTextPx } from './legibility/letters.ts';
import type { Measures } from './legibility/measures.ts';
import { ruleIds, rules, type RuleId } from './legibility/rules.ts';
import type { Profile } from './profile.ts';

const street: Profile = {
  kind: 'led',
  pitchMm: 10,
  viewport: { x: 0, y: 0, width: 960, height: 576 },
  distanceM: { near: 15, far: 60 },
  audience: 'traffic',
  touch: false,
  sound: false,
};
const reception: Profile = {
  ...street,
  kind: 'lcd',
  pitchMm: 0.63,
  viewport: { x: 0, y: 0, width: 1920, height: 1080 },
  distanceM: { near: 2, far: 6 },
  audience: 'indoor',
};
const code = { modulePx: 8, quietModules: 4 };
const link = 'HTTPS://IHANOI.GOV.VN';
const message = (vi: string, seconds = 10) => ({ scene: 'message', props: { heading: { vi } }, seconds });
const rulesOf = (profile: Profile, measures: Measures) => checkMeasures(profile, measures).map(({ rule }) => rule);

const anyProfile = fc
  .record({
    kind: fc.constantFrom('led', 'lcd', 'kiosk'),
    audience: fc.constantFrom('traffic', 'public', 'indoor'),
    pitchMm: fc.double({ min: 0.05, max: 20, noNaN: true }),
    near: fc.double({ min: 0.3, max: 60, noNaN: true }),
    width: fc.integer({ min: 96, max: 3_840 }),
    height: fc.integer({ min: 96, max: 2_160 }),
  })
  .map(({ near, width, height, ...rest }): Profile => ({ ...street, ...rest, distanceM: { near, far: near * 3 }, viewport: { x: 0, y: 0, width, height } }));

describe('each rule finds its fault', () => {
  const faults: readonly (readonly [RuleId, Profile, Measures])[] = [
    ['minModulePx', reception, { seconds: 20, code: { ...code, modulePx: 2 } }],
    ['codeWholePixels', reception, { seconds: 20, code: { ...code, modulePx: 8.5 } }],
    ['quietModules', reception, { seconds: 20, code: { ...code, quietModules: 3 } }],
    ['moduleMmPerM', reception, { seconds: 20, code: { ...code, modulePx: 6 } }],
    ['moduleMmPerMComfort', reception, { seconds: 20, code: { ...code, modulePx: 7 } }],
    ['codeWidthShare', reception, { seconds: 20, code: { ...code, modulePx: 7, modules: 25 } }],
    ['maxCodeVersion', reception, { seconds: 20, code: { ...code, version: 9 } }],
    ['minCodeSeconds', reception, { seconds: 9.9, code }],
    ['codeContrast', reception, { seconds: 20, code: { ...code, dark: '#999999', light: '#ffffff' } }],
    ['codeContrast', reception, { seconds: 20, code: { ...code, dark: '#000000', light: '#ff0000' } }],
    ['codeDarkOnLight', reception, { seconds: 20, code: { ...code, dark: '#ffffff', light: '#111111' } }],
    ['codeStill', reception, { seconds: 20, code: { ...code, moves: true } }],
    ['codeWithoutLogo', street, { seconds: 20, code: { ...code, logo: true } }],
    ['codeOnOneScreen', reception, { seconds: 20, code: { ...code, split: true } }],
    ['codeCardBrightness', street, { seconds: 20, code: { ...code, cardLevel: 0.49 } }],
    ['capMmPerMTraffic', street, { seconds: 20, words: [{ text: 'Ban', fontPx: 12 }] }],
    ['capMmPerMLeisure', reception, { seconds: 20, words: [{ text: 'Bàn', fontPx: 17 }] }],
    ['minLedCapPx', street, { seconds: 20, words: [{ text: 'Quốc', fontPx: 34 }] }],
    ['minPlainLedCapPx', street, { seconds: 20, words: [{ text: 'Ban', fontPx: 22 }] }],
    ['minLedStrokePx', street, { seconds: 20, words: [{ text: 'Ban', fontPx: 20, weight: 500 }] }],
    ['wordsFit', reception, { seconds: 20, words: [{ text: 'Ban', fontPx: 40, cutPx: 44 }] }],
    ['wordsLeftOut', reception, { seconds: 20, leftOut: ['Gọi 1022'] }],
    ['maxTrafficSyllables', street, { seconds: 20, syllables: 13 }],
    ['maxTrafficLines', street, { seconds: 20, lines: 3 }],
    ['syllablesPerSecondTraffic', street, { seconds: 10, syllables: 21 }],
    ['syllablesPerSecondWaiting', reception, { seconds: 10, syllables: 41 }],
    ['textContrast', reception, { seconds: 20, words: [{ text: 'Ban', fontPx: 60, colour: '#c8202b', ground: '#1b0709' }] }],
    ['textLightness', reception, { seconds: 20, words: [{ text: 'Ban', fontPx: 60, colour: '#888888', ground: '#000000' }] }],
    ['trafficDwellSeconds', street, { seconds: 9 }],
    ['trafficTransitionSeconds', street, { seconds: 20, transitionSeconds: 0.3 }],
    ['trafficMotion', street, { seconds: 20, moves: true }],
    ['trafficPages', street, { seconds: 20, paged: true }],
    ['mapShapes', reception, { seconds: 20, noMap: 'mapShapes' }],
    ['mapRoom', street, { seconds: 20, noMap: 'mapRoom' }],
    ['outdoorSound', { ...street, audience: 'public' }, { seconds: 20, sound: true }],
    ['trafficFlashes', street, { seconds: 20, flashesPerSecond: 1 }],
    ['flashesPerSecond', reception, { seconds: 20, flashesPerSecond: 4 }],
    ['nightCdM2', street, { seconds: 20, nightCdM2: 301 }],
  ];

  it.each(faults)('%s', (rule, profile, measures) => {
    const findings = checkMeasures(profile, measures);
    const found = findings.find((finding) => finding.rule === rule);
    expect(found).toMatchObject({ severity: rules[rule].severity, source: rules[rule].source });
    for (const finding of findings) {
      expect(legibilityFindingSchema.parse(finding)).toEqual(finding);
      for (const text of [finding.what, finding.suggestion]) for (const said of [text.vi, text.en ?? '']) expect(said).toMatch(/^\p{Lu}.*\.$/su);
      const { bound } = rules[finding.rule];
      expect(bound === 'least' ? finding.measured < finding.required : finding.measured > finding.required).toBe(true);
    }
    expect(findings.map(({ severity }) => severity)).toEqual(findings.map(({ severity }) => severity).sort());
  });

  it('and every rule has such a case', () => {
    expect(new Set(faults.map(([rule]) => rule))).toEqual(new Set(ruleIds));
  });

  it.each([
    ['a still street picture at its limits', street, { seconds: 10, transitionSeconds: 0.1, flashesPerSecond: 0, syllables: 12, lines: 2, nightCdM2: 300 }],
    ['dark blue, dark red and dark grey on white', reception, { seconds: 20, code: { ...code, dark: '#8b0000', light: '#ffffff' } }],
    ['black on yellow', reception, { seconds: 20, code: { ...code, dark: '#000000', light: '#ffff00' } }],
    ['a picture that flashes three times, indoors', reception, { seconds: 10, flashesPerSecond: 3 }],
  ] as const)('and none in %s', (_, profile, measures) => {
    expect(rulesOf(profile, measures)).toEqual([]);
  });
});

describe('a turn on a screen', () => {
  it('with few words has no finding; with more, these are named one by one', () => {
    expect(check(street, message('Cài đặt ngay hôm nay'))).toEqual([]);
    const findings = check(
      street,
      message('Người dân, doanh nghiệp gửi phản ánh, kiến nghị tới chính quyền các cấp và theo dõi kết quả xử lý trên ứng dụng iHanoi'),
    );
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(['maxTrafficSyllables', 'syllablesPerSecondTraffic']);
    expect(check(street, message('phản ánh kiến nghị '.repeat(40))).map(({ rule }) => rule)).toContain('wordsFit');
  });

  it('fault 57: shorter than ten seconds is refused beside a road and with a code, and only there', () => {
    expect(check(street, message('Cài đặt ngay', 9)).map(({ rule }) => rule)).toEqual(['trafficDwellSeconds']);
    expect(check(reception, message('Cài đặt ngay', 9))).toEqual([]);
    const install = {
      scene: 'install',
      seconds: 9,
      code: link,
      props: { lead: { vi: 'Gửi' }, call: { vi: 'Quét mã' }, steps: [{ vi: 'Một' }, { vi: 'Hai' }, { vi: 'Ba' }] },
    };
    expect(check(reception, install).map(({ rule }) => rule)).toEqual(['minCodeSeconds']);
  });

  it('is a map only where there are shapes of the units, and room to tell them apart', () => {
    const map = (profile: Profile, tree?: string) =>
      check(profile, { scene: 'scoreboard', props: { title: { vi: 'Kết quả' }, view: 'map' }, seconds: 20, tree }).map(({ rule }) => rule);
    expect(map(reception, 'hanoi-communes-2025')).toEqual([]);
    expect(map(reception, 'hanoi-districts')).toEqual(['mapShapes']);
    expect(map({ ...reception, viewport: { x: 0, y: 0, width: 1080, height: 1080 } }, 'hanoi-communes-2025')).toEqual(['mapRoom']);
    expect(map({ ...reception, audience: 'public' }, 'hanoi-communes-2025')).toEqual(['mapRoom']);
    expect(map(street, 'hanoi-districts')).toEqual(['mapRoom']);
    // At a desk that does not know the campaign yet, only the screen is judged.
    expect(map(reception)).toEqual([]);
  });

  it('moves or goes on for pages only where no traffic looks', () => {
    for (const [scene, rule] of [
      ['video', 'trafficMotion'],
      ['story', 'trafficPages'],
    ]) {
      expect(check(street, { scene: scene ?? '', props: {}, seconds: 20 }).map((finding) => finding.rule)).toEqual([rule]);
      expect(check(reception, { scene: scene ?? '', props: {}, seconds: 20 })).toEqual([]);
    }
    expect(check({ ...street, audience: 'public', sound: true }, { scene: 'video', props: {}, seconds: 20 }).map(({ rule }) => rule)).toEqual(['outdoorSound']);
  });

  it('judges a story by its fullest page, since all have the same time', () => {
    const page = (count: number) => ({ heading: { vi: 'Gửi phản ánh' }, body: { vi: 'nhận trả lời '.repeat(count).trim() } });
    const story = (counts: number[]) => ({ scene: 'story', seconds: 20, props: { kicker: { vi: 'Trên iHanoi' }, pages: counts.map(page) } });
    expect(check(reception, story([5, 5, 5, 5]))).toEqual([]);
    expect(check(reception, story([1, 1, 1, 9])).map(({ rule }) => rule)).toEqual(['syllablesPerSecondWaiting']);
  });

  it('sets a motto in two lines where riders look, and finds the phrase that does not fit', () => {
    const motto = (last: string) => ({
      scene: 'motto',
      seconds: 12,
      props: { word: { vi: 'Dân' }, phrases: ['biết', 'bàn', 'làm', 'kiểm tra', 'giám sát', last].map((vi) => ({ vi })) },
    });
    expect(check(street, motto('thụ hưởng'))).toEqual([]);
    expect(check(reception, motto('thụ hưởng'))).toEqual([]);
    expect(check(street, motto('thụ hưởng mọi thành quả của công cuộc chuyển đổi số')).map(({ rule }) => rule)).toContain('wordsFit');
  });

  it('with a long link has a larger code, down to one that nobody can scan', () => {
    const install = (text: string) => ({
      scene: 'install',
      seconds: 20,
      code: text,
      props: { lead: { vi: 'Gửi' }, call: { vi: 'Quét mã' }, steps: [{ vi: 'Một' }, { vi: 'Hai' }, { vi: 'Ba' }] },
    });
    const pole: Profile = { ...street, pitchMm: 5, viewport: { x: 0, y: 0, width: 192, height: 384 }, distanceM: { near: 8, far: 30 } };
    const errors = (text: string) => check(pole, install(text)).filter(({ severity }) => severity === 'error');
    expect(errors(link)).toEqual([]);
    expect(errors(`https://play.google.com/store/apps/details?id=gov.hanoi.ihanoi&referrer=${'utm_source'.repeat(12)}`).map(({ rule }) => rule)).toEqual([
      'minModulePx',
      'moduleMmPerM',
    ]);
  });
});

describe('more is never worse', () => {
  it('a larger module never has more findings', () => {
    fc.assert(
      fc.property(anyProfile, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 20 }), (profile, modulePx, more) => {
        const found = (px: number) => rulesOf(profile, { seconds: 10, code: { modulePx: px, quietModules: 4, modules: 25 } }).length;
        expect(found(modulePx + more)).toBeLessThanOrEqual(found(modulePx));
      }),
    );
  });

  it('a longer showing and fewer words never have more errors', () => {
    fc.assert(
      fc.property(anyProfile, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 30 }), (profile, words, seconds) => {
        const errors = (count: number, shown: number) =>
          check(profile, message('nhà '.repeat(count).trim(), shown)).filter(({ severity }) => severity === 'error').length;
        expect(errors(words, seconds + 5)).toBeLessThanOrEqual(errors(words, seconds));
        expect(errors(words, seconds)).toBeLessThanOrEqual(errors(words + 10, seconds));
      }),
      { numRuns: 60 },
    );
  });

  it('larger letters never have more findings', () => {
    fc.assert(
      fc.property(anyProfile, fc.integer({ min: 1, max: 200 }), fc.constantFrom('Quốc', 'Ban'), (profile, fontPx, text) => {
        const found = (px: number) => rulesOf(profile, { seconds: 10, words: [{ text, fontPx: px, weight: 600 }] }).length;
        expect(found(fontPx + 1)).toBeLessThanOrEqual(found(fontPx));
      }),
    );
  });

  it('the sizes that the stage takes as its least have no finding', () => {
    fc.assert(
      fc.property(anyProfile, fc.constantFrom('Quốc', 'Ban'), (profile, text) => {
        expect(rulesOf(profile, { seconds: 10, words: [{ text, fontPx: minTextPx(profile, text), weight: 600 }] })).toEqual([]);
      }),
    );
  });
});

describe('a code', () => {
  it('of 25 modules fits squares in whole pixels a module, quiet zone included', () => {
    expect(fitCode(25, 200)).toEqual({ modulePx: 6, cardPx: 198 });
    expect(fitCode(53, 200)).toEqual({ modulePx: 3, cardPx: 183 });
    expect(fitCode(25, 32)).toEqual({ modulePx: 0, cardPx: 0 });
  });

  it('is the largest that fits, whatever the room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 177 }), fc.integer({ min: 0, max: 4_000 }), (modules, room) => {
        const { modulePx, cardPx } = fitCode(modules, room);
        expect(Number.isInteger(modulePx)).toBe(true);
        expect(cardPx <= room && cardPx + modules + 2 * rules.quietModules.figure > room).toBe(true);
      }),
    );
  });

  it('has no error of size exactly where it reads from where people stand', () => {
    fc.assert(
      fc.property(anyProfile, fc.integer({ min: 3, max: 60 }), (profile, modulePx) => {
        const found = rulesOf(profile, { seconds: 10, code: { modulePx, quietModules: 4 } }).includes('moduleMmPerM');
        expect(found).toBe(readableCodeDistanceM(profile, modulePx) < profile.distanceM.near * (1 - 1e-6));
      }),
    );
  });
});

describe('letters', () => {
  it('are as tall as the distance asks for', () => {
    expect(minFontPx(reception)).toBe(Math.ceil((4 * 2) / 0.63 / capHeightRatio));
    expect(minFontPx(reception, 6)).toBe(Math.ceil((4 * 6) / 0.63 / capHeightRatio));
    expect(minFontPx(street)).toBe(Math.ceil(rules.minLedCapPx.figure / capHeightRatio));
    expect(minFontPx(street, 60)).toBe(Math.ceil((6 * 60) / 10 / capHeightRatio));
  });

  it('grow with the distance and never fall under what an LED can draw', () => {
    fc.assert(
      fc.property(anyProfile, fc.double({ min: 0.3, max: 100, noNaN: true }), (profile, distanceM) => {
        expect(minFontPx(profile, distanceM * 2)).toBeGreaterThanOrEqual(minFontPx(profile, distanceM));
        if (profile.kind === 'led') expect(minFontPx(profile, distanceM) * capHeightRatio).toBeGreaterThanOrEqual(rules.minLedCapPx.figure);
      }),
    );
  });
});

it('the page docs/legibility.md names every rule with its figure, unit and weight, and none that is not there', () => {
  const page = readFileSync(fileURLToPath(new URL('../docs/legibility.md', import.meta.url)), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)`\s*\| (least|most)\s*\| ([\d.]+) (\S+)\s*\| (error|warning)\s*\|/gm)].map(
    ([, rule, bound, figure, unit, severity]) => [rule, { bound, figure: Number(figure), unit, severity }],
  );
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(ruleIds.map((id) => [id, { bound: rules[id].bound, figure: rules[id].figure, unit: rules[id].unit, severity: rules[id].severity }])),
  );
  for (const id of ruleIds) expect(rules[id].source).not.toContain('recalled');
});
