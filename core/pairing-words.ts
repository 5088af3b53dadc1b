// Four words that screen and console both show while pairing, made from the root document and the screen's key.
// Short everyday Vietnamese words without look-alikes, 64 of them: six bits a word.

const words = [
  'bàn',
  'bánh',
  'biển',
  'bóng',
  'bút',
  'cá',
  'cam',
  'cầu',
  'chim',
  'chuông',
  'cỏ',
  'cờ',
  'cốc',
  'cửa',
  'dưa',
  'đàn',
  'đèn',
  'đồi',
  'đũa',
  'gạo',
  'ghế',
  'giếng',
  'gió',
  'gương',
  'hạc',
  'hoa',
  'hồ',
  'kẹo',
  'khăn',
  'kính',
  'lá',
  'lúa',
  'lửa',
  'mây',
  'mèo',
  'mít',
  'mưa',
  'muối',
  'nắng',
  'ngói',
  'ngựa',
  'nhà',
  'nón',
  'núi',
  'ong',
  'phố',
  'quạt',
  'quýt',
  'rừng',
  'sách',
  'sao',
  'sen',
  'sông',
  'suối',
  'thuyền',
  'tre',
  'trà',
  'trăng',
  'trống',
  'vàng',
  'voi',
  'vườn',
  'xe',
  'xoài',
] as const;

/** What the hash covers, UTF-8: `ihanoi/1/pairing\n<sha256 of the root payload>\n<public key>`. */
export function pairingText(rootSha256: string, publicKey: string): string {
  return `ihanoi/1/pairing\n${rootSha256}\n${publicKey}`;
}

/** Four words from the first 24 bits of the hash of `pairingText`, lower-case hexadecimal. */
export function pairingWords(sha256: string): string[] {
  return [0, 1, 2, 3].map((index) => words[(Number.parseInt(sha256.slice(0, 6), 16) >> (18 - 6 * index)) & 63] ?? '');
}
