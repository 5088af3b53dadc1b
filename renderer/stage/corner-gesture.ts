// The gesture that asks for the technician's pad: five presses in the upper left corner within three seconds, by finger or mouse.

const presses = 5;
const withinMs = 3_000;
/** Side of the corner: a share of the screen's smaller side, and a finger's width at least. */
const cornerShare = 0.12;
const leastCornerPx = 48;

export interface Press {
  /** From the screen's upper left corner, pixels. */
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

export function cornerGesture(size: () => { readonly width: number; readonly height: number }): (press: Press) => boolean {
  let times: number[] = [];
  return ({ x, y, at }) => {
    const { width, height } = size();
    const corner = Math.max(leastCornerPx, Math.min(width, height) * cornerShare);
    const isInside = x >= 0 && y >= 0 && x <= corner && y <= corner;
    times = isInside ? [...times.filter((before) => at - before < withinMs), at] : [];
    if (times.length < presses) return false;
    times = [];
    return true;
  };
}
