// Grows words to the room they have: the largest whole size between two bounds that does not overflow.
// When even the least size is too large, what is marked `data-drop` leaves, highest number first; at last the box clips and says so.
import type { Attachment } from 'svelte/attachments';
import { insetsFor } from './frames.ts';

export interface FitBounds {
  readonly min: number;
  readonly max: number;
}

/** The largest whole number in bounds that fits; `undefined` when none does. `fits` must be monotone; each call costs a layout, and most words have room. */
export function largestFitting({ min, max }: FitBounds, fits: (size: number) => boolean): number | undefined {
  let low = Math.ceil(min);
  let high = Math.max(low, Math.floor(max));
  if (fits(high)) return high;
  if (low === high || !fits(low)) return undefined;
  high -= 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Boxes below one `data-fit-together` share the least of their sizes; one much smaller than the rest stands alone. */
const aloneBelow = 0.72;
const ownSizes = new WeakMap<HTMLElement, number>();

function evenOut(box: HTMLElement, { min, max }: FitBounds): void {
  const group = box.closest('[data-fit-together]');
  if (!group) return;
  const boxes = [...group.querySelectorAll<HTMLElement>('.fit')].filter((each) => ownSizes.has(each));
  const limit = Math.max(min, max * aloneBelow);
  const shared = Math.min(...boxes.map((each) => ownSizes.get(each) ?? max).filter((size) => size >= limit));
  for (const each of boxes) each.style.fontSize = `${Math.min(ownSizes.get(each) ?? max, Number.isFinite(shared) ? shared : max)}px`;
}

/** For a box with one child; `content` is what it depends on, so that a change measures anew. */
export function fit(bounds: FitBounds, ...content: readonly unknown[]): Attachment<HTMLElement> {
  void content;
  return (box) => {
    const measure = () => {
      fitBox(box, bounds);
      evenOut(box, bounds);
    };
    measure();
    let measured = roomOf(box);
    // It tells of the box as it is, too, and boxes that even each other out change nothing of their room.
    const watcher = new ResizeObserver(() => {
      const room = roomOf(box);
      if (room === measured) return;
      measure();
      measured = room;
    });
    watcher.observe(box);
    return () => watcher.disconnect();
  };
}

const roomOf = ({ clientWidth, clientHeight }: HTMLElement) => `${clientWidth}x${clientHeight}`;

function fitBox(box: HTMLElement, bounds: FitBounds): void {
  const inner = box.firstElementChild;
  if (!(inner instanceof HTMLElement) || box.clientWidth === 0) return;
  const droppable = [...inner.querySelectorAll<HTMLElement>('[data-drop]')].sort((a, b) => Number(b.dataset['drop']) - Number(a.dataset['drop']));
  for (const element of droppable) element.hidden = false;
  delete box.dataset['clipped'];

  const { left, right, top, bottom } = insetsFor(box, bounds.min);
  box.style.padding = left + right + top + bottom === 0 ? '' : `${top}px ${right}px ${bottom}px ${left}px`;
  const room = { width: box.clientWidth - left - right, height: box.clientHeight - top - bottom };
  const fits = (size: number) => {
    box.style.fontSize = `${size}px`;
    return inner.offsetHeight <= room.height && inner.scrollWidth <= room.width;
  };
  for (let dropped = 0; ; dropped++) {
    const size = largestFitting(bounds, fits);
    const next = droppable[dropped];
    if (size === undefined && next) {
      next.hidden = true;
      continue;
    }
    box.style.fontSize = `${size ?? Math.ceil(bounds.min)}px`;
    ownSizes.set(box, size ?? Math.ceil(bounds.min));
    if (size === undefined) box.dataset['clipped'] = '';
    return;
  }
}
