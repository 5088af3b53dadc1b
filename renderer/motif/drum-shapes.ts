// The Đông Sơn drum by numbers: a star of 14 rays, feathers between them, rings, zigzags, tangent circles, flying birds, dots. Centre 0,0; radius 100.

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

const round = (value: number) => Math.round(value * 100) / 100;
const at = (radius: number, turns: number): [number, number] => [round(Math.sin(turns * 2 * Math.PI) * radius), round(-Math.cos(turns * 2 * Math.PI) * radius)];
const point = (radius: number, turns: number) => at(radius, turns).join(' ');

export const rayCount = 14;

/** The star: each ray reaches `outer`, its valleys lie on `inner`. */
export function starPath(outer: number, inner: number): string {
  const corners = Array.from({ length: rayCount * 2 }, (_, index) => point(index % 2 ? inner : outer, index / (rayCount * 2)));
  return `M${corners.join('L')}Z`;
}

/** Nested chevrons between the rays, as on the old drums. */
export function feathersPath(outer: number, inner: number): string {
  const step = 1 / rayCount;
  return Array.from({ length: rayCount }, (_, index) => {
    const middle = (index + 0.5) * step;
    return [0, 0.32, 0.64]
      .map(
        (depth) =>
          `M${point(outer, middle - step * (0.3 - depth * 0.3))}L${point(inner + (outer - inner) * depth, middle)}L${point(outer, middle + step * (0.3 - depth * 0.3))}`,
      )
      .join('');
  }).join('');
}

export function zigzagPath(outer: number, inner: number, teeth: number): string {
  const corners = Array.from({ length: teeth * 2 }, (_, index) => point(index % 2 ? inner : outer, index / (teeth * 2)));
  return `M${corners.join('L')}Z`;
}

/** Evenly spaced circles on a ring. */
export function beads(radius: number, count: number, r: number): Dot[] {
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = at(radius, index / count);
    return { x, y, r };
  });
}

/** Short strokes across a ring, slanting. */
export function hatchPath(outer: number, inner: number, count: number, slant: number): string {
  return Array.from({ length: count }, (_, index) => `M${point(outer, index / count)}L${point(inner, (index + slant) / count)}`).join('');
}

/** A long-billed bird in flight, flying to the left, about 20 wide, its breast at 0,0. */
export const birdPath =
  'M-13.4 -1.1L-5.6 -2.2C-4.9 -3.5 -3.3 -4 -2 -3.3L2.6 -5.9L-0.2 -2.5C1.2 -1.8 2.5 -1.3 4 -1.1L9.8 -6.6C8.9 -4.3 7.7 -2.3 6.3 -0.7L12.4 -0.3L7.2 0.9L12 3.2L5.9 2.1C4.9 2.7 3.8 3 2.6 3L4.6 8.4C1.7 7 -0.4 4.9 -1.4 2.3C-2.7 1.8 -3.7 0.9 -4.3 -0.2L-13.4 -1.1Z';

/** Where birds stand on their ring: heads anticlockwise. `degrees` turns the drawing above. */
export function birdPlaces(radius: number, count: number): { readonly x: number; readonly y: number; readonly degrees: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = at(radius, index / count);
    return { x, y, degrees: round((index / count) * 360) };
  });
}
