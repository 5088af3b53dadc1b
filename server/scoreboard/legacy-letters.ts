// Letters of the fonts before Unicode, TCVN3 (ABC) and VNI, that stand in old files as western letters: recognised, and turned into Vietnamese.

export type Letters = 'unicode' | 'tcvn3' | 'vni';

/** Pairs of what stands in the file and what was meant; those of two characters come first. */
type Table = readonly (readonly [string, string])[];

const tcvn3Written = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦';
const tcvn3Meant = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ';
const tcvn3: Table = Array.from(tcvn3Written).map((written, index) => [written, tcvn3Meant[index] ?? '']);

/** VNI writes the letter and then a sign for its marks; ơ, ư, đ and the toned i have characters of their own. */
const vniSigns = {
  tone: Array.from('øùûõï'),
  hat: Array.from('âàáåãä'),
  breve: Array.from('êèéúüë'),
} as const;
const vniSyllables: readonly (readonly [string, readonly string[], string])[] = [
  ['a', vniSigns.tone, 'àáảãạ'],
  ['a', vniSigns.hat, 'âầấẩẫậ'],
  ['a', vniSigns.breve, 'ăằắẳẵặ'],
  ['e', vniSigns.tone, 'èéẻẽẹ'],
  ['e', vniSigns.hat, 'êềếểễệ'],
  ['o', vniSigns.tone, 'òóỏõọ'],
  ['o', vniSigns.hat, 'ôồốổỗộ'],
  ['u', vniSigns.tone, 'ùúủũụ'],
  ['ô', vniSigns.tone, 'ờớởỡợ'],
  ['ö', vniSigns.tone, 'ừứửữự'],
  ['y', vniSigns.tone, 'ỳýỷỹỵ'],
];
const vniSingles: Table = Array.from('ñìíæóòôöî').map((written, index) => [written, 'đìíỉĩịơưỵ'[index] ?? '']);
const upper = (text: string) => text.toLocaleUpperCase('vi');
const vniPairs = vniSyllables.flatMap(([letter, signs, meant]) => signs.map((sign, index): readonly [string, string] => [letter + sign, meant[index] ?? '']));
/** A capital letter comes with a capital sign; a careless hand leaves the sign small. */
const vni: Table = [
  ...vniPairs.flatMap(([written, meant]): Table => {
    const [letter = '', sign = ''] = written;
    return [
      [written, meant],
      [upper(written), upper(meant)],
      [upper(letter) + sign, upper(meant)],
    ];
  }),
  ...vniSingles.flatMap(([written, meant]): Table => [
    [written, meant],
    [upper(written), upper(meant)],
  ]),
];

function translator(table: Table): (text: string) => string {
  const meant = new Map(table);
  const pattern = new RegExp([...meant.keys()].join('|'), 'g');
  return (text) => text.replace(pattern, (written) => meant.get(written) ?? written).normalize('NFC');
}

const translate: Record<Letters, (text: string) => string> = {
  unicode: (text) => text.normalize('NFC'),
  tcvn3: translator(tcvn3),
  vni: translator(vni),
};

const onset = '(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?';
const rimes = [
  'a(?:ch|c|i|m|ng|nh|n|o|p|t|u|y)?|ă(?:c|m|ng|n|p|t)|â(?:c|m|ng|n|p|t|u|y)|e(?:c|m|ng|n|o|p|t)?|ê(?:ch|m|nh|n|p|t|u)?',
  'i(?:a|ch|m|nh|n|p|t|u)?|iê(?:c|m|ng|n|p|t|u)|o(?:c|i|m|ng|n|p|t)?|oa(?:c|ch|i|m|ng|nh|n|o|p|t|y)?|oă(?:c|m|ng|n|t)|oe(?:n|o|t)?|oo(?:c|ng)',
  'ô(?:c|i|m|ng|n|p|t)?|ơ(?:i|m|n|p|t)?|u(?:a|c|i|m|ng|n|p|t)?|uâ(?:n|ng|t|y)|uê(?:ch|nh|n|t)?|uô(?:c|i|m|ng|n|t)|uơ|uy(?:a|ch|nh|n|p|t|u)?|uyê(?:n|t)',
  'ư(?:a|c|i|m|ng|n|t|u)?|ươ(?:c|i|m|ng|n|p|t|u)|y(?:t|nh)?|yê(?:m|n|t|u)',
].join('|');
const syllable = new RegExp(`^${onset}(?:${rimes})$`);
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

function isSyllable(word: string): boolean {
  const decomposed = word.toLocaleLowerCase('vi').normalize('NFD');
  const found = decomposed.match(tones) ?? [];
  if (found.length > 1) return false;
  const bare = decomposed.replace(tones, '').normalize('NFC');
  // Before a stop there are two tones only.
  const stopped = /(?:ch|[cpt])$/.test(bare);
  return syllable.test(bare) && (!stopped || found.every((tone) => tone === '\u0301' || tone === '\u0323'));
}

/** Words with more than plain letters that are no Vietnamese syllable. */
function strangeWords(text: string): number {
  const words = text.match(/[^\s\d!-@[-`{-~–—“”‘’…]+/gu) ?? [];
  return words.filter((word) => /[^\x20-\x7e]/.test(word) && /\p{L}/u.test(word) && !isSyllable(word)).length;
}

export interface Reading {
  readonly letters: Letters;
  readonly text: string;
}

/** The likeliest of several readings of one text: that in which most words are Vietnamese; the first of equals. */
export function likeliest(readings: readonly [Reading, ...Reading[]]): Reading {
  let [best] = readings;
  let least = strangeWords(best.text);
  for (const reading of readings.slice(1)) {
    const strange = strangeWords(reading.text);
    if (strange < least) [best, least] = [reading, strange];
  }
  return best;
}

/** In which letters a text of Unicode characters is written: Unicode itself when nothing speaks against it. */
export function lettersOf(text: string): Letters {
  const as = (letters: Letters): Reading => ({ letters, text: toUnicode(text, letters) });
  return likeliest([as('unicode'), as('tcvn3'), as('vni')]).letters;
}

/** The text in Unicode, composed. */
export function toUnicode(text: string, letters: Letters): string {
  return translate[letters](text);
}

/** How a clerk knows these letters. */
export const letterNames: Record<Letters, string> = { unicode: 'Unicode', tcvn3: 'TCVN3 (ABC)', vni: 'VNI' };
