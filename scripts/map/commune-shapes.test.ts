import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { cityMapOf } from '../../core/map/city-map.ts';
import { communeShapes } from './commune-shapes.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const rows: Record<string, string>[] = parse(read('assets/units/hanoi-units.csv'), { columns: true, bom: true });
const communes = rows.filter(({ level }) => level === 'commune');
const shipped = communeShapes();

/** Corners of every ring of a path, absolute. */
function ringsOf(path: string): [number, number][][] {
  return path
    .split('z')
    .filter((ring) => ring !== '')
    .map((ring) => {
      const numbers = [...ring.matchAll(/-?\d+/g)].map(Number);
      let [x, y] = [0, 0];
      return Array.from({ length: numbers.length / 2 }, (_, index): [number, number] => {
        x += numbers[index * 2] ?? NaN;
        y += numbers[index * 2 + 1] ?? NaN;
        return [x, y];
      });
    });
}

describe('the shapes of the communes', () => {
  it('that ship are those that the script makes', () => {
    expect(JSON.parse(read('core/map/hanoi-communes-2025.json'))).toEqual(shipped);
    expect(cityMapOf('hanoi-communes-2025')).toEqual(shipped);
  });

  it('are one for each unit of the tree, joined by code and named alike, and none besides', () => {
    expect(communes).toHaveLength(126);
    expect(Object.keys(shipped.units).sort()).toEqual(communes.map(({ code }) => code).sort());
    const source: { objects: { units: { geometries: { properties: { code: string; name: string } }[] } } } = JSON.parse(
      read('assets/units/hanoi-communes-2025.topojson'),
    ) as never;
    const { geometries } = source.objects.units;
    expect(geometries).toHaveLength(126);
    const named = (code: string | undefined) => communes.find((row) => row['code'] === code)?.['name'];
    for (const { properties } of geometries) expect(named(properties.code), properties.code).toBe(properties.name.normalize('NFC'));
  });

  it('are closed outlines inside the map, each with its pin inside', () => {
    for (const [code, { path, at }] of Object.entries(shipped.units)) {
      expect(path, code).toMatch(/^(M\d+ \d+l[-\d ]+z)+$/);
      for (const ring of ringsOf(path)) {
        expect(ring.length, code).toBeGreaterThanOrEqual(3);
        for (const [x, y] of ring) expect(x >= 0 && x <= shipped.width && y >= 0 && y <= shipped.height, `${code} ${x},${y}`).toBe(true);
      }
      const crossings = ringsOf(path).reduce(
        (sum, ring) =>
          sum +
          ring.filter(([ax, ay], index) => {
            const [bx, by] = ring.at(index - 1) ?? [ax, ay];
            return ay > at[1] !== by > at[1] && at[0] < ((bx - ax) * (at[1] - ay)) / (by - ay) + ax;
          }).length,
        0,
      );
      expect(crossings % 2, code).toBe(1);
    }
  });

  it('share their borders: no line is drawn by three units, and nearly all inner ones by two', () => {
    const lines = new Map<string, number>();
    for (const { path } of Object.values(shipped.units)) {
      for (const ring of ringsOf(path)) {
        ring.forEach((corner, index) => {
          const line = [String(corner), String(ring.at(index - 1))].sort().join(' ');
          lines.set(line, (lines.get(line) ?? 0) + 1);
        });
      }
    }
    const counts = [...lines.values()];
    expect(Math.max(...counts)).toBe(2);
    expect(counts.filter((count) => count === 2).length / counts.length).toBeGreaterThan(0.7);
  });

  it('and a tree of districts has none', () => {
    expect(cityMapOf('hanoi-districts')).toBeUndefined();
    expect(cityMapOf('constructor')).toBeUndefined();
  });
});
