// Words keep clear of the frames of a wall: pictures run on behind them, letters would be lost there.
import { clearOfFrames, type Span, type wallFrames } from '../../core/wall.ts';

/** Frames thinner than this share of the least letters hide no more of one than a pillar of its own. */
const thinEm = 0.2;

/** Between words and a frame, in least letters. */
const airEm = 1;

const written = (spans: readonly Span[]) => spans.map(([from, until]) => `${from}-${until}`).join(' ') || undefined;
const read = (text: string | undefined): Span[] =>
  (text ?? '')
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [from = 0, until = 0] = part.split('-').map(Number);
      return [from, until];
    });

/** Marks of the canvas on which a wall's picture is drawn, by which boxes of words find its frames. */
export function frameMarks({ across, down }: ReturnType<typeof wallFrames>): Record<string, string | undefined> {
  return { 'data-frames-across': written(across), 'data-frames-down': written(down) };
}

/** Pixels that a box has to leave free at its sides. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const none: Insets = { left: 0, right: 0, top: 0, bottom: 0 };

export function insetsFor(box: HTMLElement, leastPx: number): Insets {
  const canvas = box.closest<HTMLElement>('[data-frames-across], [data-frames-down]');
  if (!canvas) return none;
  const thick = ([from, until]: Span) => until - from > leastPx * thinEm;
  const [outer, inner] = [canvas.getBoundingClientRect(), box.getBoundingClientRect()];
  // A preview is scaled as a whole.
  const scale = outer.width / canvas.offsetWidth || 1;
  const inset = (from: number, lengthPx: number, frames: readonly Span[]) => {
    const room: Span = [from, from + lengthPx];
    const [start, end] = clearOfFrames(room, frames.filter(thick));
    // Whole pixels, because browsers round what they say of a box.
    return [start - room[0], room[1] - end].map((px) => (px > 0 ? Math.ceil(px + leastPx * airEm) : 0)) as [number, number];
  };
  const [left, right] = inset((inner.left - outer.left) / scale, box.offsetWidth, read(canvas.dataset['framesAcross']));
  const [top, bottom] = inset((inner.top - outer.top) / scale, box.offsetHeight, read(canvas.dataset['framesDown']));
  return { left, right, top, bottom };
}
