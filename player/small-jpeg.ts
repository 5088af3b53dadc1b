// A JPEG of the window that fits the server's limit: the quality falls until it does.
import { maxCaptureBytes } from '../core/protocol.ts';

const qualities = [82, 70, 58, 45, 32, 20, 10] as const;

/** `undefined` when even the lowest quality is too large, or when no picture can be taken. */
export async function smallJpeg(take: (quality: number) => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
  for (const quality of qualities) {
    const jpeg = await take(quality);
    if (!jpeg || jpeg.byteLength < maxCaptureBytes) return jpeg;
  }
  return undefined;
}
