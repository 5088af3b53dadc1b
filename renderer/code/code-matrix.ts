// The modules of a QR code: the smallest version at level M, and the highest level that costs no larger one.
import { create, type QRCodeErrorCorrectionLevel } from 'qrcode';

export interface CodeMatrix {
  /** Modules a side, without the quiet zone. */
  readonly size: number;
  readonly isDark: (row: number, column: number) => boolean;
}

const stronger: readonly QRCodeErrorCorrectionLevel[] = ['H', 'Q'];

export function codeMatrix(text: string): CodeMatrix {
  const plain = create(text, { errorCorrectionLevel: 'M' });
  const best = stronger.map((level) => tryLevel(text, level)).find((code) => code?.version === plain.version) ?? plain;
  const { size, data } = best.modules;
  return { size, isDark: (row, column) => data[row * size + column] === 1 };
}

/** A text may be too long for a higher level. */
function tryLevel(text: string, level: QRCodeErrorCorrectionLevel) {
  try {
    return create(text, { errorCorrectionLevel: level });
  } catch {
    return undefined;
  }
}

/** An SVG path of the dark modules as runs of whole pixels, shifted by the quiet zone. */
export function codePath({ size, isDark }: CodeMatrix, modulePx: number, quietModules: number): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue;
      const from = column;
      while (column + 1 < size && isDark(row, column + 1)) column++;
      const x = (from + quietModules) * modulePx;
      const y = (row + quietModules) * modulePx;
      runs.push(`M${x} ${y}h${(column - from + 1) * modulePx}v${modulePx}h-${(column - from + 1) * modulePx}z`);
    }
  }
  return runs.join('');
}
