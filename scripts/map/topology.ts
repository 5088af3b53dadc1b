// Reads a TopoJSON of polygons: arcs on a plane grid, simplified once each, so that neighbours keep one border.
import { z } from 'zod';

export type Point = readonly [x: number, y: number];

const pair = z.tuple([z.number(), z.number()]);
export const topologySchema = z.object({
  transform: z.object({ scale: pair, translate: pair }),
  arcs: z.array(z.array(pair).min(2)),
  objects: z.object({
    units: z.object({
      geometries: z.array(
        z.object({ type: z.literal('Polygon'), properties: z.object({ code: z.string(), name: z.string() }), arcs: z.array(z.array(z.int()).min(1)).min(1) }),
      ),
    }),
  }),
});
export type Topology = z.infer<typeof topologySchema>;

/** Longitude and latitude of every point of every arc. */
export function arcsInDegrees({ arcs, transform: { scale, translate } }: Topology): Point[][] {
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]): Point => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
}

const area = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) => Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;

/** Leaves out the points whose triangle with their neighbours is smallest (Visvalingam and Whyatt); both ends stay, and a ring keeps two points between them. */
export function simplify(arc: readonly Point[], leastArea: number): Point[] {
  const points = [...arc];
  const [first, last] = [points[0], points.at(-1)];
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  while (points.length > (closed ? 4 : 2)) {
    let [least, at] = [leastArea, -1];
    for (let index = 1; index < points.length - 1; index++) {
      const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
      const size = before && here && after ? area(before, here, after) : Infinity;
      if (size < least) [least, at] = [size, index];
    }
    if (at < 0) break;
    points.splice(at, 1);
  }
  return points;
}

/** The points of a ring, its last not repeating the first. Arcs with a negative number run backwards. */
export function ringOf(ring: readonly number[], arcs: readonly (readonly Point[])[]): Point[] {
  const points = ring.flatMap((index) => {
    const arc = arcs[index < 0 ? ~index : index] ?? [];
    return (index < 0 ? arc.toReversed() : arc).slice(0, -1);
  });
  return points.filter((point, index) => {
    const before = points.at(index - 1);
    return points.length === 1 || before?.[0] !== point[0] || before[1] !== point[1];
  });
}

const inside = (rings: readonly (readonly Point[])[], [x, y]: Point) =>
  rings.reduce((odd, ring) => {
    let crossed = odd;
    ring.forEach(([ax, ay], index) => {
      const [bx, by] = ring.at(index - 1) ?? [ax, ay];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) crossed = !crossed;
    });
    return crossed;
  }, false);

function distanceToEdge([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** The point of a shape that is farthest from its border, on a grid of 40 steps. */
export function innermost(rings: readonly (readonly Point[])[]): Point {
  const [xs, ys] = [rings.flat().map(([x]) => x), rings.flat().map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const steps = 40;
  let [best, most]: [Point, number] = [[(left + right) / 2, (top + bottom) / 2], -1];
  for (let column = 1; column < steps; column++) {
    for (let row = 1; row < steps; row++) {
      const point: Point = [left + ((right - left) * column) / steps, top + ((bottom - top) * row) / steps];
      if (!inside(rings, point)) continue;
      const room = Math.min(...rings.flatMap((ring) => ring.map((corner, index) => distanceToEdge(point, corner, ring.at(index - 1) ?? corner))));
      if (room > most) [best, most] = [point, room];
    }
  }
  return best;
}
