// Watches a whole film for flashing with ffmpeg, which makes it small; the pictures stream through and are kept nowhere.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { flashFrameBytes, flashGrid, flashRate, FlashWatch } from './flashes.ts';

/** @returns a bound after which no film that is taken has not been seen to its end */
const limitMs = (seconds: number) => 60_000 + seconds * 4_000;

export type Watched = { readonly ok: true } | { readonly ok: false; readonly flashesAt: number } | { readonly ok: false; readonly flashesAt: null };

const filter = `scale=${flashGrid.width}:${flashGrid.height}:flags=area,fps=${flashRate},format=rgb24`;

/**
 * @param report how much has been seen, 0 to 1
 * @returns the second at which flashing begins; null when the film could not be seen to its end
 */
export async function watchFlashes(path: string, seconds: number, report: (share: number) => void): Promise<Watched> {
  const options = ['-v', 'error', '-xerror', '-i', path, '-map', '0:v:0', '-vf', filter, '-f', 'rawvideo', '-'];
  const tool = spawn('ffmpeg', options, { stdio: ['ignore', 'pipe', 'ignore'], timeout: limitMs(seconds), killSignal: 'SIGKILL' });
  const ended = once(tool, 'close') as Promise<[number | null]>;
  const watch = new FlashWatch();
  const frame = new Uint8Array(flashFrameBytes);
  let filled = 0;
  let flashesAt: number | undefined;
  // Leaving the loop closes the pipe; a tool whose pipe nobody reads would never end.
  for await (const chunk of tool.stdout as AsyncIterable<Uint8Array>) {
    for (let from = 0; from < chunk.length && flashesAt === undefined;) {
      const part = chunk.subarray(from, from + flashFrameBytes - filled);
      frame.set(part, filled);
      filled = (filled + part.length) % flashFrameBytes;
      from += part.length;
      if (filled === 0) flashesAt = watch.add(frame);
    }
    if (flashesAt !== undefined) break;
    report(Math.min(1, watch.pictures / flashRate / seconds));
  }
  if (flashesAt !== undefined) tool.kill('SIGKILL');
  const [code] = await ended;
  if (flashesAt !== undefined) return { ok: false, flashesAt };
  return code === 0 ? { ok: true } : { ok: false, flashesAt: null };
}
