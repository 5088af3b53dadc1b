// How offices write the names of units. The letters of old fonts are written down from the fonts' own tables, not made by the code that reads them.
import { fullName, type Unit } from '../../../core/units.ts';
import { sentenceCase } from '../../../core/vietnamese.ts';

/** TCVN3 has no capital letters with a tone: they were set in a font of capitals, with the codes of the small ones. */
const tcvn3: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['à µ', 'á ¸', 'ả ¶', 'ã ·', 'ạ ¹', 'ă ¨', 'ằ »', 'ắ ¾', 'ẳ ¼', 'ẵ ½', 'ặ Æ', 'â ©', 'ầ Ç', 'ấ Ê', 'ẩ È', 'ẫ É', 'ậ Ë', 'đ ®', 'è Ì', 'é Ð', 'ẻ Î'],
    ...['ẽ Ï', 'ẹ Ñ', 'ê ª', 'ề Ò', 'ế Õ', 'ể Ó', 'ễ Ô', 'ệ Ö', 'ì ×', 'í Ý', 'ỉ Ø', 'ĩ Ü', 'ị Þ', 'ò ß', 'ó ã', 'ỏ á', 'õ â', 'ọ ä', 'ô «', 'ồ å', 'ố è'],
    ...['ổ æ', 'ỗ ç', 'ộ é', 'ơ ¬', 'ờ ê', 'ớ í', 'ở ë', 'ỡ ì', 'ợ î', 'ù ï', 'ú ó', 'ủ ñ', 'ũ ò', 'ụ ô', 'ư \u00ad', 'ừ õ', 'ứ ø', 'ử ö', 'ữ ÷', 'ự ù'],
    ...['ỳ ú', 'ý ý', 'ỷ û', 'ỹ ü', 'ỵ þ', 'Ă ¡', 'Â ¢', 'Đ §', 'Ê £', 'Ô ¤', 'Ơ ¥', 'Ư ¦'],
  ].map((pair) => pair.split(' ') as [string, string]),
);
const vni: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['à aø', 'á aù', 'ả aû', 'ã aõ', 'ạ aï', 'ă aê', 'ằ aè', 'ắ aé', 'ẳ aú', 'ẵ aü', 'ặ aë', 'â aâ', 'ầ aà', 'ấ aá', 'ẩ aå', 'ẫ aã', 'ậ aä', 'đ ñ', 'è eø'],
    ...[
      'é eù',
      'ẻ eû',
      'ẽ eõ',
      'ẹ eï',
      'ê eâ',
      'ề eà',
      'ế eá',
      'ể eå',
      'ễ eã',
      'ệ eä',
      'ì ì',
      'í í',
      'ỉ æ',
      'ĩ ó',
      'ị ò',
      'ò oø',
      'ó où',
      'ỏ oû',
      'õ oõ',
      'ọ oï',
    ],
    ...[
      'ô oâ',
      'ồ oà',
      'ố oá',
      'ổ oå',
      'ỗ oã',
      'ộ oä',
      'ơ ô',
      'ờ ôø',
      'ớ ôù',
      'ở ôû',
      'ỡ ôõ',
      'ợ ôï',
      'ù uø',
      'ú uù',
      'ủ uû',
      'ũ uõ',
      'ụ uï',
      'ư ö',
      'ừ öø',
      'ứ öù',
    ],
    ...['ử öû', 'ữ öõ', 'ự öï', 'ỳ yø', 'ý yù', 'ỷ yû', 'ỹ yõ', 'ỵ î'],
  ].map((pair) => pair.split(' ') as [string, string]),
);

const upper = (text: string) => text.toLocaleUpperCase('vi');
const inLetters = (table: Readonly<Record<string, string>>, capital: (letter: string) => string) => (text: string) =>
  Array.from(text.normalize('NFC'), (letter) => {
    const small = letter.toLocaleLowerCase('vi');
    return table[letter] ?? (letter === small ? letter : table[small] === undefined ? letter : capital(table[small]));
  }).join('');

export const asTcvn3 = inLetters(tcvn3, (written) => written);
export const asVni = inLetters(vni, upper);
export const withoutMarks = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

/** The mark on the last vowel: "hòa" as "hoà", "thủy" as "thuỷ". */
function oldTone(text: string): string {
  return text
    .normalize('NFD')
    .replace(/([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])(?![\p{L}\p{M}])/gu, '$1$3$2')
    .normalize('NFC');
}

const shortKinds: Readonly<Record<string, string>> = { quận: 'Q', huyện: 'H', 'thị xã': 'TX', phường: 'P', xã: 'X' };
const short = ({ kind }: Unit) => shortKinds[kind] ?? kind;
const full = (unit: Unit) => sentenceCase(fullName(unit));

/** Spellings that say kind and name, and so mean one unit of a tree. */
export const wholeSpellings: Readonly<Record<string, (unit: Unit) => string>> = {
  'composed Unicode': (unit) => full(unit).normalize('NFC'),
  'decomposed Unicode': (unit) => full(unit).normalize('NFD'),
  'without marks': (unit) => withoutMarks(full(unit)),
  'in capitals': (unit) => upper(full(unit)),
  'with a short kind and a dot': (unit) => `${short(unit)}. ${unit.name}`,
  'with a short kind, no space': (unit) => `${short(unit)}.${unit.name}`,
  'with spaces around and inside': (unit) => `  ${full(unit).replaceAll(' ', '  ')}   `,
  'with non-breaking spaces': (unit) => full(unit).replaceAll(' ', '\u00a0'),
  'with hyphens': (unit) => `${sentenceCase(unit.kind)} ${unit.name.replaceAll(' ', '-')}`,
  'with the tone on the last vowel': (unit) => oldTone(full(unit)),
  'with its number in the list': (unit) => `12. ${full(unit)}`,
  'with the city behind': (unit) => `${full(unit)}, thành phố Hà Nội`,
  'with the city behind, short': (unit) => `${full(unit)} - TP. Hà Nội`,
};

/** Spellings that leave the kind or the marks away. */
export const bareSpellings: Readonly<Record<string, (unit: Unit) => string>> = {
  'the name alone': ({ name }) => name,
  'the name alone without marks': ({ name }) => withoutMarks(name),
  'the name alone in capitals without marks': ({ name }) => upper(withoutMarks(name)),
  'the name alone, numbered and with the city behind': ({ name }) => `7) ${name} (TP Hà Nội)`,
};
