// Makes of a picture as people send it the one that screens show: upright, sRGB, without metadata, no larger than the largest screen; and its thumbnail.
import type { Sharp } from 'sharp';
import type { MediaRefusal } from '../../core/media-refusals.ts';
import { svgRefusal } from './check-svg.ts';
import type { PictureFormat } from './sniff.ts';

export interface PreparedPicture {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
  /** WebP. */
  readonly thumbnail: Uint8Array;
}
export type Prepared = { readonly ok: true; readonly picture: PreparedPicture } | { readonly ok: false; readonly reason: MediaRefusal };

/** Pixels a side of the largest screen. */
const maxSide = 3_840;
const minSide = 16;
/** Read from the header, before anything is decoded. */
const maxPixels = 100_000_000;
const thumbnailSide = 480;
/** A photograph saved without loss is sent to screens as WebP. */
const maxLosslessBytes = 6 * 2 ** 20;
const timeoutSeconds = 60;
/** Dots an inch at which an SVG is as large as it says. */
const svgDensity = 72;

const outcome = (reason: MediaRefusal): Prepared => ({ ok: false, reason });

/** A PNG that moves says so in a chunk before its pixels; libvips shows the first picture only. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= whole.length; at += 12 + whole.readUInt32BE(at)) {
    const chunk = whole.toString('latin1', at + 4, at + 8);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}

/** Bytes of a picture as screens get it, in the smallest form that keeps what the original has. */
async function encode(picture: Sharp, format: PictureFormat): Promise<Pick<PreparedPicture, 'bytes' | 'type' | 'width' | 'height'>> {
  if (format === 'jpeg') {
    const { data, info } = await picture.clone().jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer({ resolveWithObject: true });
    return { bytes: data, type: 'image/jpeg', width: info.width, height: info.height };
  }
  if (format !== 'webp' && format !== 'avif') {
    const { data, info } = await picture.clone().png().toBuffer({ resolveWithObject: true });
    if (data.length <= maxLosslessBytes) return { bytes: data, type: 'image/png', width: info.width, height: info.height };
  }
  const { data, info } = await picture.clone().webp({ quality: 92, smartSubsample: true }).toBuffer({ resolveWithObject: true });
  return { bytes: data, type: 'image/webp', width: info.width, height: info.height };
}

export async function preparePicture(bytes: Uint8Array, format: PictureFormat): Promise<Prepared> {
  const unsafe = format === 'svg' ? svgRefusal(bytes) : undefined;
  if (unsafe) return outcome(unsafe);
  if (format === 'png' && isAnimatedPng(bytes)) return outcome('animated');
  // Loaded with the first picture: a server that nobody gives one needs neither its memory nor its binary.
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (pages > 1) return outcome('animated');
    const density = (svgDensity * maxSide) / Math.max(width, height);
    if (format === 'svg' ? density < 1 : width * height > maxPixels) return outcome('too-many-pixels');
    if (format !== 'svg' && Math.min(width, height) < minSide) return outcome('too-small');

    const picture = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'warning', ...(format === 'svg' ? { density: Math.min(density, 100_000) } : {}) })
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    const encoded = await encode(picture, format);
    const thumbnail = await sharp(encoded.bytes)
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
    return { ok: true, picture: { ...encoded, thumbnail } };
  } catch {
    // libvips throws for every picture that it cannot read to its end.
    return outcome('damaged');
  }
}
