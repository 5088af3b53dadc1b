// Names and words of several syllables that a line break must not cut: their spaces become non-breaking ones.

const nbsp = '\u00a0';

const names = [
  'Công dân Thủ đô số – iHanoi',
  'Công dân Thủ đô số - iHanoi',
  'UBND thành phố Hà Nội',
  'Tổ chuyển đổi số cộng đồng',
  'Tổ chuyển đổi số',
  'thành phố Hà Nội',
  'Công dân',
  'Thủ đô số',
  'Đề án 06',
  'Kế hoạch 311',
  'mã OTP',
  'Hà Nội',
  'nhánh 8',
  'gọi 1022',
  'gọi 1022, nhánh 8',
] as const;

/** Words of two syllables and more that campaigns are made of: half of one says nothing, or something else. */
const words = [
  ...['cài đặt', 'kích hoạt', 'sử dụng', 'phản ánh', 'kiến nghị', 'mật khẩu', 'chính quyền', 'cộng đồng', 'chuyển đổi số', 'bắt đầu', 'từng bước', 'cảnh giác'],
  ...['tài khoản', 'điện thoại', 'hướng dẫn', 'hỗ trợ', 'trả lời', 'tiếp nhận', 'xử lý', 'theo dõi', 'giám sát', 'kiểm tra'],
  ...['thụ hưởng', 'thi đua', 'cao điểm', 'kết quả', 'người dân', 'sự cố', 'giao thông', 'nhà văn hóa', 'doanh nghiệp', 'địa phương', 'thành phố'],
  ...['lừa đảo', 'màn hình', 'màn hình này', 'máy ảnh', 'phục vụ', 'bảo trì', 'tạm ngừng', 'cán bộ', 'công chức', 'viên chức'],
  ...['mời cài đặt', 'tin giao thông', 'tin ngập', 'ngày cuối', 'cả nhà', 'địa điểm', 'gửi ngay', 'gương mẫu', 'đi đầu', 'tại quầy'],
  ...['bộ phận', 'Một cửa', 'trung tâm', 'thương mại', 'cuối tuần', 'mời đến'],
].flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]);

export const officialName = 'Công dân Thủ đô số – iHanoi';

/** A name of more syllables leaves room beside it: else a single word stands before it, or all letters shrink for its sake. */
const [shortSyllables, mostOfLine] = [4, 0.55];

/** Be Vietnam Pro's bold letters are on average well over half as wide as their size. */
const letterEm = 0.63;

const glue = (text: string) => text.replace(/ /g, nbsp);

interface Kept {
  readonly name: string;
  readonly glued: string;
  /** Lines of this many letter sizes hold it. */
  readonly roomEm: number;
}

/** The app's name stays whole wherever a line holds it. */
function keptOf(name: string): Kept {
  const mayFill = name.split(' ').length <= shortSyllables || name.startsWith('Công dân Thủ đô số');
  return { name, glued: glue(name), roomEm: (name.length * letterEm) / (mayFill ? 1 : mostOfLine) };
}

/** Longest first, so that a longer name is glued whole. */
function longestFirst(kept: readonly string[]): Kept[] {
  return kept
    .filter((name) => name.includes(' '))
    .map(keptOf)
    .sort((a, b) => b.name.length - a.name.length);
}

/** Those that every line may hold: worked out once, since every line of every screen asks for them. */
const usual = longestFirst([...names, ...words]);

/** A single short word of a list never stands alone on a line: "nhà văn hóa, chợ,". */
const shortInList = /([^ ]+,) (\p{L}{1,4},)/gu;

/**
 * Glues names, numbers with what they count, and dashes to the word before.
 * `roomEm`: the width of the line in letter sizes; a name that takes all of it, or a long one that takes nearly all, keeps only its parts together.
 */
export function keepTogether(text: string, more: readonly string[] = [], roomEm = 30): string {
  const kept = more.length === 0 ? usual : longestFirst([...more, ...names, ...words]);
  return kept
    .reduce((result, each) => (each.roomEm <= roomEm ? result.replaceAll(each.name, () => each.glued) : result), text)
    .replace(/ ([–-]) /g, `${nbsp}$1 `)
    .replace(/(\d) (ngày|giờ|quận|huyện|phường|xã|đơn vị)/g, `$1${nbsp}$2`)
    .replace(shortInList, (both, before: string, short: string) => (keptOf(both).roomEm <= roomEm ? `${before}${nbsp}${short}` : both));
}

/** Lines break between sentences where each fits into one; a question stays with its answer. `roomEm` as above. */
export function wholeSentences(text: string, roomEm: number): string {
  const sentences = text.split(/(?<=[.!]) /);
  return sentences.map((sentence) => (sentence.length * letterEm <= roomEm ? glue(sentence) : sentence)).join(' ');
}

/** Captions keep the lines of their writer where each fits into one; else they break where the screen needs it, and only a change of speakers is kept. */
export function wholeLines(text: string, roomEm: number): string {
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.every((line) => line.length * letterEm <= roomEm)) return lines.map(glue).join('\n');
  return text.replaceAll(/\s*\n(?!\s*[-–])/g, ' ');
}

/** A commune's name breaks after its kind, if anywhere: "Phường / Xuân Phương"; a kind as short as "Xã" fills no line. */
export function breakAfterKind(name: string): string {
  const rest = name.indexOf(' ') + 1;
  if (name.startsWith('Xã ')) return glue(name);
  return name.length - rest > 15 ? name : name.slice(0, rest) + glue(name.slice(rest));
}

export function namesTheApp(text: string): boolean {
  return text.includes(officialName);
}
