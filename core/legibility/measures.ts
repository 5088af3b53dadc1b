// What a screen shows of a turn, in figures: worked out from the compositions' rules, without a page.
import type { Language, LocalText } from '../primitives.ts';
import { inLanguage } from '../primitives.ts';
import { codeRoomPx } from '../code-room.ts';
import { whyNoMap, type NoMapReason } from '../map/city-map.ts';
import { eveningPicture, peakCdM2, valueOf } from '../luminance.ts';
import { isFlat, type Profile } from '../profile.ts';
import { readScene, type SceneContent, type SceneProps } from '../scenes.ts';
import { mayCutCode, wallCanvas, wallFrames } from '../wall.ts';
import { codeVersion, fitCode, modulesOf } from './code.ts';
import { fitWords } from './fit-words.ts';
import { mainWords, type WordGroup } from './main-words.ts';
import { keptFromTraffic } from './roadside.ts';
import { rules } from './rules.ts';
import { countSyllables } from './syllables.ts';
import type { FontWeight } from './text-layout.ts';

/** One showing of an item: what `check` judges. */
export interface Turn {
  readonly scene: string;
  readonly props: unknown;
  readonly seconds: number;
  /** What the item's QR code says, where its scene has one. */
  readonly code?: string | undefined;
  readonly language?: Language;
  /** The units of the campaign, for what draws their shapes. */
  readonly tree?: string | undefined;
}

export interface CodeMeasures {
  readonly modulePx: number;
  readonly quietModules: number;
  /** Modules a side, without the quiet zone. */
  readonly modules?: number;
  readonly version?: number;
  /** Colours, as in "#111111". */
  readonly dark?: string;
  readonly light?: string;
  readonly logo?: boolean;
  /** The seam of a wall may cross it. */
  readonly split?: boolean;
  /** A transition or an effect crosses it. */
  readonly moves?: boolean;
  /** Share of its picture's values that its card keeps at night. */
  readonly cardLevel?: number;
}

export interface WordMeasures {
  readonly text: string;
  readonly fontPx: number;
  /** Least size of its composition, where even that is too large for the room. */
  readonly cutPx?: number;
  readonly weight?: FontWeight;
  /** Colours of letters and ground, as in "#fff4df". */
  readonly colour?: string;
  readonly ground?: string;
}

export interface Measures {
  readonly seconds: number;
  readonly code?: CodeMeasures;
  readonly words?: readonly WordMeasures[];
  /** Lines that leave because there is no room. */
  readonly leftOut?: readonly string[];
  readonly syllables?: number;
  readonly lines?: number;
  readonly moves?: boolean;
  readonly paged?: boolean;
  /** A map that cannot be drawn here. */
  readonly noMap?: NoMapReason | undefined;
  readonly sound?: boolean;
  readonly transitionSeconds?: number;
  readonly flashesPerSecond?: number;
  /** Mean over the whole screen at night. */
  readonly nightCdM2?: number;
}

/** Mean light of the dark compositions beside their code, as a share of white. */
const meanPicture = 0.2;

const inked = { dark: '#111111', light: '#ffffff' } as const;

export function measure(ofScreen: Profile, turn: Turn): Measures {
  const { profile } = wallCanvas(ofScreen);
  const content = readScene(turn.scene, turn.props);
  const kept = keptFromTraffic(profile, turn.scene);
  const code = turn.code === undefined ? {} : codeMeasures(profile, turn.code, mayCutCode(ofScreen));
  return {
    seconds: turn.seconds,
    ...code,
    ...(content && kept === undefined ? wordMeasures(ofScreen, content, turn) : {}),
    moves: kept === 'trafficMotion',
    paged: kept === 'trafficPages',
    noMap: whyNoMap(profile, turn, turn.tree),
    sound: turn.scene === 'video' && profile.sound,
  };
}

function codeMeasures(profile: Profile, text: string, split: boolean): Pick<Measures, 'code' | 'nightCdM2'> {
  const version = codeVersion(text);
  if (version === undefined) return { code: { modulePx: 0, quietModules: rules.quietModules.figure } };
  const { modulePx, cardPx } = fitCode(modulesOf(version), codeRoomPx(profile));
  const { level, codeLevel } = eveningPicture(profile);
  const { width, height } = profile.viewport;
  const share = cardPx ** 2 / (width * height);
  const dims = profile.audience !== 'indoor' && profile.dimmedBy !== 'controller';
  return {
    code: { modulePx, version, modules: modulesOf(version), quietModules: rules.quietModules.figure, ...inked, cardLevel: valueOf(codeLevel), split },
    ...(dims ? { nightCdM2: peakCdM2(profile) * (share * codeLevel + (1 - share) * level * meanPicture) } : {}),
  };
}

/** On a wall words stand on one screen, clear of the frames. */
function roomOnWall(ofScreen: Profile): (group: WordGroup) => WordGroup {
  const { across, down } = wallFrames(ofScreen);
  const { width, height } = ofScreen.viewport;
  return (group) => ({
    ...group,
    widthPx: across.length > 0 ? Math.min(group.widthPx, width) : group.widthPx,
    heightPx: down.length > 0 ? Math.min(group.heightPx, height) : group.heightPx,
  });
}

function wordMeasures(ofScreen: Profile, content: SceneContent, { language = 'vi', code }: Turn): Pick<Measures, 'words' | 'leftOut' | 'syllables' | 'lines'> {
  const { profile } = wallCanvas(ofScreen);
  const groups = mainWords(profile, content, language, code).map(roomOnWall(ofScreen)).map(fitWords);
  const leftOut = groups.flatMap((group) => group.leftOut.map(({ text }) => plain(text)));
  const syllablesOf = (texts: readonly LocalText[]) =>
    texts
      .map((text) => inLanguage(text, language))
      .filter((text) => !leftOut.includes(text))
      .reduce((sum, text) => sum + countSyllables(text), 0);
  return {
    words: groups.flatMap(({ pxOf, shown, cutPx }) =>
      shown
        .filter(({ fixed, drop }) => fixed !== true && drop === undefined)
        .map((line) => ({ text: plain(line.text), weight: line.weight, fontPx: pxOf(line), ...(cutPx === undefined ? {} : { cutPx }) })),
    ),
    leftOut,
    // The fullest page of a story sets the pace: all have the same time.
    syllables: content.scene === 'story' ? pagedSyllables(content.props, syllablesOf) : syllablesOf(writtenWords(profile, content, code)),
    lines: groups.reduce((sum, { fewestLines }) => sum + fewestLines, 0),
  };
}

function pagedSyllables({ kicker, pages }: SceneProps<'story'>, syllablesOf: (texts: readonly LocalText[]) => number): number {
  const fullest = Math.max(...pages.map(({ heading, body }) => syllablesOf(body ? [heading, body] : [heading])));
  return syllablesOf([kicker]) + pages.length * fullest;
}

/** What an office wrote and people have to read through; figures and names of a scoreboard are looked up, not read. */
function writtenWords(profile: Profile, { scene, props }: SceneContent, code: string | undefined): LocalText[] {
  const all = (texts: readonly (LocalText | undefined)[]) => texts.filter((text) => text !== undefined);
  switch (scene) {
    case 'message':
      return all([props.kicker, props.heading, props.body]);
    case 'picture':
    case 'video':
      return all([props.caption]);
    case 'motto':
      return all([props.kicker, props.word, ...props.phrases]);
    case 'story':
      return all([props.kicker, ...props.pages.flatMap(({ heading, body }) => [heading, body])]);
    case 'countdown':
      return all([props.heading, props.body]);
    case 'clock':
      return [];
    case 'scoreboard':
      return [props.title];
    case 'install':
      return isFlat(profile) ? [code === undefined ? props.lead : props.call] : all([props.lead, props.call, ...props.steps, props.note]);
  }
}

/** Without the spaces that hold names together. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
