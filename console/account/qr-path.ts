// A QR code as one SVG path, for the telephone's camera.
import { create } from 'qrcode';

/** Light border that a reader needs. */
export const quietModules = 4;

export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = Array.from({ length: size * size }, (_, index) => index).filter((index) => data[index] === 1);
  const path = dark.map((index) => `M${(index % size) + quietModules} ${Math.floor(index / size) + quietModules}h1v1h-1z`).join('');
  return { size, path };
}
