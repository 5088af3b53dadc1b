// Dragging one row of a list by its handle: how far each row is drawn from its place, and where the dragged one lands.
import { dropIndex, shiftWhileDragging } from './order.ts';

interface Dragged {
  readonly from: number;
  readonly to: number;
  readonly distance: number;
  readonly startY: number;
  /** Middles and heights of all rows when the drag began, in page coordinates. */
  readonly middles: readonly number[];
  readonly height: number;
  readonly pitch: number;
}

/** How near an edge of the window the page scrolls along, pixels. */
const edge = 90;

function scrollAtEdges(clientY: number): void {
  if (clientY < edge) window.scrollBy(0, -14);
  else if (clientY > window.innerHeight - edge) window.scrollBy(0, 14);
}

/** @param rows the rows' elements in order  @param drop takes the row at `from` to `to`, counted after it was taken out */
export function createDrag(rows: () => readonly HTMLElement[], drop: (from: number, to: number) => void) {
  let dragged = $state.raw<Dragged | undefined>(undefined);

  return {
    /** The row being dragged. */
    get from(): number | undefined {
      return dragged?.from;
    },
    /** How far the row at `index` is drawn from its place, pixels. */
    shiftOf: (index: number): number => (dragged ? shiftWhileDragging(index, dragged) : 0),
    start(event: PointerEvent & { currentTarget: HTMLElement }, from: number): void {
      if (event.button !== 0) return;
      const boxes = rows().map((row) => row.getBoundingClientRect());
      const own = boxes[from];
      const next = boxes[from + 1] ?? boxes[from - 1];
      if (!own) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const middles = boxes.map(({ top, height }) => top + height / 2 + window.scrollY);
      const gap = next ? Math.max(0, next.top > own.top ? next.top - own.bottom : own.top - next.bottom) : 0;
      dragged = { from, to: from, distance: 0, startY: event.pageY, middles, height: own.height, pitch: own.height + gap };
    },
    move(event: PointerEvent): void {
      if (!dragged) return;
      scrollAtEdges(event.clientY);
      const { from, startY, middles, height } = dragged;
      const distance = event.pageY - startY;
      const leadingEdge = (middles[from] ?? 0) + distance + (Math.sign(distance) * height) / 2;
      dragged = { ...dragged, distance, to: dropIndex(middles, from, leadingEdge) };
    },
    end(): void {
      if (!dragged) return;
      const { from, to } = dragged;
      dragged = undefined;
      if (from !== to) drop(from, to);
    },
    cancel(): void {
      dragged = undefined;
    },
  };
}
