// A display of its own for a test, pictured as it stands before people: with whatever lies over the page, and with the pointer.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const missing = [['Xvfb', '-help'] as const, ['ffmpeg', '-version'] as const].filter(([program, word]) => spawnSync(program, [word]).error);

/** Why there is no display to test on; `undefined` where there is one. */
export const noDisplay = missing.length === 0 ? undefined : `no ${missing.map(([program]) => program).join(', no ')} installed`;

export interface Display {
  /** Such as ":99", for DISPLAY. */
  readonly name: string;
  /** What a person in front of it sees now, as a PNG; or all of it but the pointer. */
  picture(options?: { pointer: boolean }): Promise<Buffer>;
  stop(): Promise<void>;
}

export async function openDisplay({ width, height }: { width: number; height: number }): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  const name = `:${number.toString().trim()}`;
  return {
    name,
    async picture({ pointer } = { pointer: true }) {
      const grab = [
        '-loglevel',
        'error',
        '-f',
        'x11grab',
        '-draw_mouse',
        pointer ? '1' : '0',
        '-i',
        name,
        '-frames:v',
        '1',
        '-f',
        'image2pipe',
        '-c:v',
        'png',
        '-',
      ];
      return (await promisify(execFile)('ffmpeg', grab, { encoding: 'buffer', maxBuffer: 2 ** 26 })).stdout;
    },
    async stop() {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
    },
  };
}
