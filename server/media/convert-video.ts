// Turns a film that screens cannot play into one that they can: H.264, 8 bit, 4:2:0, upright, whole pictures, at most Full HD.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';

/** A film that takes longer than this is given up. */
const limitMs = (seconds: number) => 120_000 + seconds * 20_000;
const longSide = 1_920;
const fit = `scale=w='if(gt(iw,ih),min(${longSide},iw),-2)':h='if(gt(iw,ih),-2,min(${longSide},ih))'`;
const filter = `yadif=deint=interlaced,${fit},crop=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p`;
const encoding = ['-c:v', 'libx264', '-profile:v', 'high', '-preset', 'veryfast', '-crf', '20', '-fpsmax', '60', '-c:a', 'aac', '-ac', '2'];

/**
 * @param report how much is done, 0 to 1
 * @returns whether the whole film was turned into `out`
 */
export async function convertVideo(path: string, out: string, seconds: number, report: (share: number) => void): Promise<boolean> {
  const options = ['-nostdin', '-v', 'error', '-xerror', '-y', '-progress', 'pipe:1', '-i', path, '-map', '0:v:0', '-map', '0:a:0?', '-vf', filter];
  const tool = spawn('ffmpeg', [...options, ...encoding, '-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4', out], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: limitMs(seconds),
    killSignal: 'SIGKILL',
  });
  const ended = once(tool, 'close') as Promise<[number | null]>;
  // Screens and staff are answered first.
  if (tool.pid !== undefined) setPriority(tool.pid, constants.priority.PRIORITY_LOW);
  for await (const chunk of tool.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    const at = /out_time_us=(\d+)/.exec(chunk)?.[1];
    if (at !== undefined) report(Math.min(1, Number(at) / 1_000_000 / seconds));
  }
  const [code] = await ended;
  return code === 0;
}
