// Looks into a video with ffprobe, without believing its name: what screens can play is taken as it is, everything else is refused with the way to mend it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { MediaRefusal } from '../../core/media-refusals.ts';

const run = promisify(execFile);
const limits = { timeout: 120_000, maxBuffer: 64 * 2 ** 20 };

const maxLongSide = 3_840;
const maxShortSide = 2_160;
/** Of a film that is turned into another; more is a trick or a mistake. */
const maxSourceSide = 8_192;
const maxFramesPerSecond = 60.5;
const maxSeconds = 600;
const h264Profiles = new Set(['Constrained Baseline', 'Baseline', 'Main', 'High']);
const plainPixels = new Set(['yuv420p', 'yuvj420p']);

const rateSchema = z
  .string()
  .regex(/^\d+\/\d+$/)
  .transform((text) => {
    const [frames = 0, seconds = 0] = text.split('/').map(Number);
    return seconds === 0 ? 0 : frames / seconds;
  });
const streamSchema = z.looseObject({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  field_order: z.string().optional(),
  avg_frame_rate: rateSchema.optional(),
  nb_read_packets: z.coerce.number().optional(),
  color_transfer: z.string().optional(),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
  disposition: z.looseObject({ attached_pic: z.int().optional() }).optional(),
});
export const probeSchema = z.looseObject({
  streams: z.array(streamSchema),
  format: z.looseObject({ format_name: z.string(), duration: z.coerce.number().optional() }),
});
type Probe = z.infer<typeof probeSchema>;

export interface VideoFacts {
  readonly type: 'video/mp4' | 'video/webm';
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}
/** @property seconds of one that can be turned into a film that screens play */
export type Judged = { readonly ok: true; readonly video: VideoFacts } | { readonly ok: false; readonly reason: MediaRefusal; readonly seconds?: number };

const refused = (reason: MediaRefusal, seconds?: number): Judged => (seconds === undefined ? { ok: false, reason } : { ok: false, reason, seconds });

/** Whether every screen plays what was probed. */
export function judgeVideo({ streams, format }: Probe): Judged {
  const pictures = streams.filter(({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1);
  const [picture] = pictures;
  if (!picture) return refused('not-media');
  const { codec_name: codec = '', profile = '', pix_fmt = '', width = 0, height = 0, field_order = 'progressive', color_transfer = '' } = picture;
  const type = format.format_name.includes('mp4') ? 'video/mp4' : 'video/webm';
  const codecs = type === 'video/mp4' ? ['h264', 'vp9', 'av1'] : ['vp9', 'av1'];
  const isHdr = color_transfer === 'smpte2084' || color_transfer === 'arib-std-b67';
  const isPlain = plainPixels.has(pix_fmt) && ['progressive', 'unknown'].includes(field_order);
  const seconds = format.duration ?? 0;
  if (seconds < 1 || seconds > maxSeconds) return refused('video-length');
  // Without a screen of its kind nobody can say how its colours should look.
  if (isHdr) return refused('video-hdr');
  if (Math.max(width, height) > maxSourceSide) return refused('video-size');
  if (!codecs.includes(codec) || !isPlain || (codec === 'h264' && !h264Profiles.has(profile))) return refused('video-codec', seconds);
  if (Math.max(width, height) > maxLongSide || Math.min(width, height) > maxShortSide) return refused('video-size', seconds);
  if ((picture.avg_frame_rate ?? 0) > maxFramesPerSecond) return refused('video-size', seconds);
  if (picture.side_data_list?.some(({ rotation = 0 }) => rotation % 360 !== 0)) return refused('video-rotated', seconds);
  return { ok: true, video: { type, width, height, seconds } };
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Everything that ffprobe says; every packet is read, so that a missing end shows. */
export async function probeVideo(path: string): Promise<Judged> {
  try {
    const { stdout, stderr } = await run('ffprobe', ['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json', path], limits);
    if (stderr.trim() !== '') return refused('damaged');
    return judgeVideo(probeSchema.parse(JSON.parse(stdout)));
  } catch (error) {
    return refused(isMissing(error) ? 'video-tool-missing' : 'damaged');
  }
}

/** One still of a video as a PNG; undefined when there is none to be had. */
export async function stillOf(path: string, seconds: number): Promise<Uint8Array | undefined> {
  const at = Math.min(1, seconds / 3).toFixed(3);
  try {
    const { stdout } = await run('ffmpeg', ['-v', 'error', '-xerror', '-ss', at, '-i', path, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'], {
      ...limits,
      encoding: 'buffer',
    });
    return stdout.length > 0 ? stdout : undefined;
  } catch (error) {
    if (isMissing(error)) throw error;
    return undefined;
  }
}
