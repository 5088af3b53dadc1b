// Where a scene's words stand: the room that its composition gives them on a screen, the sizes it chooses between, and the lines in their order.
// `tests/stage/legibility.test.ts` holds this against the page: no scene may draw its words smaller than is said here.
import { keepTogether, namesTheApp, officialName, wholeSentences } from '../keep-together.ts';
import { inLanguage, type Language, type LocalText } from '../primitives.ts';
import { isFlat, shapeOf, type Profile, type Shape } from '../profile.ts';
import { storyShares, storyStacks } from '../story-layout.ts';
import { mottoLayout, mottoLines, mottoRows, mottoType } from '../motto-lines.ts';
import { codeRoomPx } from '../code-room.ts';
import type { SceneContent, SceneProps } from '../scenes.ts';
import { isNarrow, scaleFor, type TypeScale } from '../type-scale.ts';
import { codeVersion, fitCode, modulesOf } from './code.ts';
import { breakLines, type FontWeight } from './text-layout.ts';

export interface Line {
  readonly text: string;
  /** What the stage sets after it in the same line. */
  readonly beside?: string;
  /** Room that the stage gives to something else in the same line, in letter sizes of its own. */
  readonly besideEm?: number;
  /** Letter size as a share of the group's. */
  readonly em: number;
  /** Never smaller than this, whatever the group's size. */
  readonly floorPx?: number;
  readonly weight: FontWeight;
  readonly line: number;
  readonly trackingEm?: number;
  /** Space above or below, in letter sizes of its own. */
  readonly gapEm?: number;
  /** Leaves when the words do not fit, highest number first. */
  readonly drop?: number;
  /** What the stage adds itself, such as the app's name; nobody can shorten it. */
  readonly fixed?: boolean;
}

export interface WordGroup {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly minPx: number;
  readonly maxPx: number;
  readonly lines: readonly Line[];
}

/** `--snug` of the stage's tokens. */
const snugEm = -0.012;

interface Setting {
  readonly profile: Profile;
  readonly scale: TypeScale;
  readonly shape: Shape;
  readonly flat: boolean;
  readonly narrow: boolean;
  readonly tall: boolean;
  readonly width: number;
  readonly height: number;
  readonly language: Language;
  readonly say: (text: LocalText, roomEm?: number) => string;
}

/** The words of a turn on a screen, by groups that are sized together. */
export function mainWords(profile: Profile, content: SceneContent, language: Language, code?: string): WordGroup[] {
  const scale = scaleFor(profile);
  const { width, height } = profile.viewport;
  const shape = shapeOf(profile);
  const roomEm = width / scale.least;
  const say = (text: LocalText, room = roomEm) => keepTogether(inLanguage(text, language), [], room);
  const setting: Setting = {
    profile,
    scale,
    shape,
    flat: isFlat(profile),
    narrow: isNarrow(profile, scale),
    tall: shape === 'portrait' || shape === 'kiosk',
    width,
    height,
    language,
    say,
  };
  switch (content.scene) {
    case 'message':
      return [messageWords(setting, content.props)];
    case 'motto':
      return mottoWords(setting, content.props);
    case 'story':
      return storyWords(setting, content.props);
    case 'picture':
    case 'video':
      return content.props.caption ? [captionWords(setting, content.props.caption)] : [];
    case 'countdown':
      return setting.narrow ? [] : [countdownWords(setting, content.props)];
    case 'install':
      return installWords(setting, content.props, code);
    case 'scoreboard':
    case 'clock':
      return [];
  }
}

/** Height of the band with the app's name. */
function bandPx({ flat, narrow, shape, tall, scale, height }: Setting): number {
  if (narrow || shape === 'strip') return 0;
  return flat ? scale.least * 2.1 : height * (tall ? 0.07 : 0.098);
}

function messageWords(setting: Setting, { heading, body, kicker }: SceneProps<'message'>): WordGroup {
  const { scale, flat, narrow, shape, tall, width, height, say, profile } = setting;
  const roomEm = width / (flat ? scale.least : scale.far * 1.4);
  const besideEm = flat ? roomEm : roomEm * 2;
  const written = say(heading, roomEm);
  const second = body ? say(body, besideEm) : '';
  const nameAlone = (flat && body !== undefined && namesTheApp(plain(second))) || plain(second) === officialName;
  const side = narrow ? 4 : flat && shape === 'strip' ? height * 0.1 : scale.pad * (flat || !tall ? 1.3 : 1);
  const above = narrow ? 6 : flat ? (shape === 'strip' ? 4 : scale.pad * 0.5) : scale.pad * (tall ? 1.4 : 1);
  const free = !flat && shape === 'landscape' ? width * 0.16 - side : 0;
  const room = { widthPx: width - 2 * side - Math.max(0, free), heightPx: height - 2 * above - (nameAlone ? 0 : bandPx(setting)) };
  if (nameAlone) return { ...room, minPx: narrow ? scale.leastPlain : scale.least, maxPx: profile.viewport.height / 3, lines: nameLines(setting, written) };
  const first: Line = { text: written, em: 1, weight: flat ? 800 : 700, line: 1.3, trackingEm: snugEm };
  const floorPx = flat ? scale.least : scale.small;
  const above0: Line[] = kicker
    ? [{ text: say(kicker, besideEm), em: flat ? 0.4 : 0.48, floorPx, weight: 700, line: 1.3, gapEm: flat ? 0.1 : 0.6, drop: 2 }]
    : [];
  const below: Line[] = second
    ? [{ text: second, em: flat ? 0.62 : 0.5, floorPx, weight: flat ? 700 : 600, line: flat ? 1.3 : 1.42, gapEm: flat ? 0.3 : 0.75, drop: 1 }]
    : [];
  return { ...room, minPx: flat ? scale.least : scale.body, maxPx: flat ? height / 3.2 : scale.far * (tall ? 3.2 : 2.5), lines: [...above0, first, ...below] };
}

/** Of the long name beside the app's name on a strip: its letters, and the space before it, in the group's letter sizes. */
const [longBesideEm, longSpaceEm] = [1.5, 0.9];

/** The app's name over its words: iHanoi in large letters, the long name below or on a strip beside it, then the sentence. */
function nameLines({ narrow, shape, scale }: Setting, sentence: string): Line[] {
  const [long = ''] = officialName.split(' – ');
  const [nameEm, longText] = [narrow ? 1.85 : 4, keepTogether(long, [], 6)];
  const name: Line = { text: 'iHanoi', em: nameEm, weight: 800, line: shape === 'strip' ? 1 : 1.08, fixed: true };
  const longEm = longSpaceEm + longBesideEm * breakLines(longText, 700, 0, snugEm).widestEm;
  const lines: Line[] =
    shape === 'strip'
      ? [{ ...name, besideEm: longEm / nameEm }]
      : [name, { text: longText, em: narrow ? 1 : 1.36, floorPx: narrow ? scale.least : 0, weight: 700, line: 1.3, fixed: true }];
  return [...lines, { text: sentence, em: 1, floorPx: narrow ? scale.least : 0, weight: 600, line: 1.3, gapEm: narrow ? 0.5 : 0.15 }];
}

/** The rows of a motto: its word beside or above what follows it; on streets two lines of one width. */
function mottoWords(setting: Setting, props: SceneProps<'motto'>): WordGroup[] {
  const { scale, flat, narrow, tall, width, height, language } = setting;
  const { word, phrases, lines } = mottoLines(props, language);
  const row = (text: string): Line => ({ text, em: 1, ...mottoType });
  if (narrow) return [{ widthPx: width - 8, heightPx: height - 12, minPx: scale.least, maxPx: scale.least * 1.4, lines: [word, ...phrases].map(row) }];
  const whole = height - bandPx(setting);
  const layout = mottoLayout(setting);
  if (layout === 'lockup') {
    const side = setting.shape === 'strip' ? height * 0.1 : scale.pad * 1.3;
    const room = { widthPx: width - 2 * side, heightPx: whole, maxPx: height / 2.6 };
    const rows = mottoRows(lines, room);
    return lines.map((line, index) => ({ ...room, heightPx: rows[index] ?? 0, minPx: scale.least, lines: [row(line)] }));
  }
  const maxPx = tall ? height / 13 : flat ? height / 6 : scale.far * 2.4;
  // Less the rule beside the rows and the space to it.
  const widthPx = tall ? width - 2 * scale.pad : width * 0.6 - scale.pad * 1.3 - 4 - maxPx * 0.55;
  const heightPx = tall ? (whole * 70) / 100 - scale.pad * 1.2 : whole - scale.pad * 1.4;
  return [{ widthPx, heightPx, minPx: flat ? scale.least : scale.body, maxPx, lines: phrases.map(row) }];
}

/** The pages of a story, each sized for itself. */
function storyWords(setting: Setting, { kicker, pages }: SceneProps<'story'>): WordGroup[] {
  const { scale, flat, narrow, shape, width, height, say } = setting;
  const roomEm = width / (flat ? scale.least : scale.far * 1.4);
  const whole = height - bandPx(setting);
  const strip = shape === 'strip';
  const stacked = storyStacks(setting);
  const [, share = 0] = storyShares(setting);
  const room = narrow
    ? { widthPx: width - 8, heightPx: height - 28 }
    : stacked
      ? { widthPx: width - 2 * scale.pad, heightPx: (whole * share) / 100 - scale.pad * 0.8 }
      : { widthPx: width * (strip ? 0.86 : 0.77) - scale.pad * 1.7, heightPx: whole - (strip ? height * 0.08 : 2 * scale.pad) };
  const floorPx = flat ? scale.least : scale.small;
  return pages.map(({ heading, body }) => {
    const above: Line = { text: say(kicker, roomEm), em: flat ? 0.5 : 0.48, floorPx, weight: 700, line: 1.3, gapEm: 0.6, drop: 2 };
    const first: Line = { text: say(heading, roomEm), em: 1, weight: 800, line: 1.3, trackingEm: snugEm };
    const below: Line[] = body ? [{ text: say(body, roomEm), em: 0.56, floorPx, weight: 600, line: 1.42, gapEm: 0.7, drop: 1 }] : [];
    return { ...room, minPx: flat ? scale.least : scale.body, maxPx: flat ? height / 3.4 : scale.far * (stacked ? 3 : 2.1), lines: [above, first, ...below] };
  });
}

function captionWords({ scale, flat, shape, tall, width, height, say }: Setting, caption: LocalText): WordGroup {
  const row = flat && shape === 'portrait' ? height * 0.52 : flat && shape === 'landscape' ? scale.least * 2.9 : height * (tall ? 0.13 : 0.17);
  const strip = shape === 'strip';
  const [above, side] = flat ? (shape === 'portrait' ? [2, 4] : [4, scale.pad * 1.1]) : [height * 0.012, scale.pad * 1.3];
  const border = Math.max(4, height * 0.005);
  return {
    widthPx: (strip ? (width * 1.15) / 2.15 - border : width) - 2 * side,
    heightPx: (strip ? height : row - border) - 2 * above,
    minPx: flat ? scale.least : scale.small,
    maxPx: flat ? scale.least * 1.6 : scale.far * (strip ? 2 : 1.15),
    lines: [{ text: say(caption), em: 1, weight: 700, line: 1.32 }],
  };
}

function countdownWords(setting: Setting, { heading, body }: SceneProps<'countdown'>): WordGroup {
  const { scale, flat, shape, tall, width, height, say } = setting;
  const column = tall ? width : width * (flat && shape === 'strip' ? 0.7 : 0.62);
  const across = tall ? 2 * scale.pad : flat && shape === 'strip' ? height * 0.12 + scale.pad * 1.3 : scale.pad * 2.2;
  const above = flat ? (shape === 'strip' ? 4 : scale.pad * 0.4) : scale.pad * (tall ? 0.7 : 1);
  const whole = height - bandPx(setting);
  const ending: Line = {
    text: `đến hết ngày ${flat ? '30/11' : '30/11/2024'}`.replaceAll(' ', '\u00a0'),
    em: 0.66,
    floorPx: flat ? scale.least : scale.small,
    weight: 600,
    line: 1.42,
    gapEm: 0.4,
    fixed: true,
  };
  const below: Line[] = body ? [{ text: say(body), em: 0.66, floorPx: flat ? scale.least : scale.small, weight: 600, line: 1.42, gapEm: 0.5, drop: 1 }] : [];
  return {
    widthPx: column - across,
    heightPx: (tall ? (whole * 42) / 86 : whole) - 2 * above,
    minPx: flat ? scale.least : scale.body,
    maxPx: flat ? scale.least * 2.6 : scale.far * (tall ? 2.2 : 1.75),
    lines: [{ text: say(heading), em: 1, weight: 700, line: 1.3 }, ending, ...below],
  };
}

function installWords(setting: Setting, { call, lead, note }: SceneProps<'install'>, code: string | undefined): WordGroup[] {
  const { scale, flat, narrow, shape, width, height, say } = setting;
  const version = code === undefined ? undefined : codeVersion(code);
  const card = version === undefined ? 0 : fitCode(modulesOf(version), codeRoomPx(setting.profile)).cardPx;
  const strip = shape === 'strip';
  if (!flat) {
    const rows = strip ? 0.13 : shape === 'landscape' ? 0.106 : shape === 'square' ? 0.118 : 0.076;
    const side = strip ? height * 0.1 : shape === 'landscape' ? scale.pad * 1.3 : scale.pad;
    const beside = strip && card > 0 ? card + height * 0.042 : 0;
    const said = note ? say(note) : '';
    const text = strip ? said : wholeSentences(said, (width - 2.6 * scale.pad) / scale.small);
    const group = { widthPx: width - 2 * side - beside, heightPx: height * rows, minPx: scale.small, maxPx: scale.body };
    return text === '' ? [] : [{ ...group, lines: [{ text, em: 1, weight: 500, line: 1.3 }] }];
  }
  if (narrow) return [];
  const side = strip ? height * 0.1 : scale.pad * 1.3;
  const foot = strip ? 0 : scale.least * 2.1;
  const taken = card === 0 ? 0 : card + (strip ? height * 0.142 : scale.pad * 2.5);
  const words = say(code === undefined ? lead : call);
  // A strip sets the address beside the call, in one line.
  const host = strip && code !== undefined && URL.canParse(code) ? `\u00a0\u00a0\u00a0${new URL(code).host}` : '';
  return [
    {
      widthPx: shape === 'landscape' || strip ? width - side - Math.max(taken, side) : width - 2 * side,
      heightPx: (shape === 'portrait' || shape === 'square' ? height - card : height) - foot - (strip ? 0 : scale.pad),
      minPx: scale.leastPlain,
      maxPx: height / 3,
      lines: [...nameLines(setting, '').slice(0, -1), { text: words, beside: host, em: 1.12, floorPx: scale.least, weight: 600, line: 1.3, gapEm: 0.3 }],
    },
  ];
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
