// The shapes of the 126 communes as core/map/hanoi-communes-2025.json carries them: one SVG path a unit on a grid, small enough for a page on a slow line.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { arcsInDegrees, innermost, ringOf, simplify, topologySchema, type Point } from './topology.ts';

/** Of the grid; a pixel on the largest usual screen is about one step. */
const height = 1_600;
/** Corners that stand out less than this (in steps of the grid, squared) are left out. */
const leastCorner = 26;
/** So many of the smallest units stand close together; they are drawn a second time, larger. */
const crowded = 36;

const source = fileURLToPath(new URL('../../assets/units/hanoi-communes-2025.topojson', import.meta.url));

const pathOf = (rings: readonly (readonly Point[])[]) =>
  rings
    .map((ring) => {
      let [x, y] = [0, 0];
      const steps = ring.map(([toX, toY], index) => {
        const step = index === 0 ? `M${toX} ${toY}l` : `${toX - x} ${toY - y}`;
        [x, y] = [toX, toY];
        return step;
      });
      return `${steps.join(' ')}z`.replace('l ', 'l').replace(/ -/g, '-');
    })
    .join('');

const areaOf = (ring: readonly Point[]) =>
  Math.abs(ring.reduce((sum, [x, y], index) => sum + (ring.at(index - 1)?.[0] ?? 0) * y - x * (ring.at(index - 1)?.[1] ?? 0), 0)) / 2;

/** A circle around the middle of the smallest units that holds nine in ten of them. */
function crowdOf(units: readonly { at: Point; area: number }[]): [x: number, y: number, radius: number] {
  const small = units.toSorted((a, b) => a.area - b.area).slice(0, crowded);
  const mean = (axis: 0 | 1) => Math.round(small.reduce((sum, { at }) => sum + at[axis], 0) / small.length);
  const [x, y] = [mean(0), mean(1)];
  const far = small.map(({ at }) => Math.hypot(at[0] - x, at[1] - y)).sort((a, b) => a - b);
  return [x, y, Math.round((far[Math.floor(far.length * 0.9)] ?? 0) * 1.12)];
}

export function communeShapes() {
  const topology = topologySchema.parse(JSON.parse(readFileSync(source, 'utf8')));
  const degrees = arcsInDegrees(topology);
  const [longitudes, latitudes] = [degrees.flat().map(([longitude]) => longitude), degrees.flat().map(([, latitude]) => latitude)];
  const [west, east, south, north] = [Math.min(...longitudes), Math.max(...longitudes), Math.min(...latitudes), Math.max(...latitudes)];
  // A degree of longitude is shorter than one of latitude by the cosine of the place.
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = height / (north - south);
  const plane = ([longitude, latitude]: Point): Point => [Math.round((longitude - west) * narrowing * scale), Math.round((north - latitude) * scale)];
  const arcs = degrees.map((arc) => simplify(arc.map(plane), leastCorner));
  const units = topology.objects.units.geometries.map(({ properties: { code }, arcs: parts }) => {
    const rings = parts.map((part) => ringOf(part, arcs));
    const [x, y] = innermost(rings);
    return { code, path: pathOf(rings), at: [Math.round(x), Math.round(y)] as const, area: areaOf(rings[0] ?? []) };
  });
  return {
    width: Math.round((east - west) * narrowing * scale),
    height,
    /** Centre and radius of where units crowd. */
    crowd: crowdOf(units),
    units: Object.fromEntries(units.map(({ code, path, at }) => [code, { path, at }])),
  };
}
