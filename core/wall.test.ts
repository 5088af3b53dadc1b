import fc from 'fast-check';
import { expect, it } from 'vitest';
import { profileSchema } from './profile.ts';
import { check } from './legibility.ts';
import { measure } from './legibility/measures.ts';
import { clearOfFrames, wallCanvas, wallFrames } from './wall.ts';

const screen = { kind: 'lcd', pitchMm: 0.5, viewport: { x: 10, y: 20, width: 640, height: 360 }, distanceM: { near: 2, far: 6 }, audience: 'indoor' };
const walls = fc.record({
  columns: fc.integer({ min: 1, max: 8 }),
  rows: fc.integer({ min: 1, max: 8 }),
  gapMm: fc.integer({ min: 0, max: 60 }),
});

it('cuts one picture into equal parts with the frames between them, to the last pixel', () => {
  fc.assert(
    fc.property(walls, ({ columns, rows, gapMm }) => {
      const parts = Array.from({ length: columns * rows }, (_, index) => {
        const place = { column: (index % columns) + 1, row: Math.floor(index / columns) + 1 };
        return { ...place, canvas: wallCanvas(profileSchema.parse({ ...screen, wall: { columns, rows, ...place, gapMm } })) };
      });
      const sizes = new Set(parts.map(({ canvas }) => JSON.stringify(canvas.profile)));
      expect(sizes.size).toBe(1);
      const gap = gapMm * 2;
      for (const { column, row, canvas } of parts) {
        expect([canvas.x, canvas.y]).toEqual([(column - 1) * (640 + gap), (row - 1) * (360 + gap)]);
        const { width, height } = canvas.profile.viewport;
        if (column === columns) expect(canvas.x + 640).toBe(width);
        if (row === rows) expect(canvas.y + 360).toBe(height);
      }
    }),
  );
});

it('knows what lies behind the frames: all that no screen shows', () => {
  fc.assert(
    fc.property(walls, ({ columns, rows, gapMm }) => {
      const first = profileSchema.parse({ ...screen, wall: { columns, rows, column: 1, row: 1, gapMm } });
      const { across, down } = wallFrames(first);
      const { width, height } = wallCanvas(first).profile.viewport;
      const hidden = (frames: typeof across) => frames.reduce((sum, [from, until]) => sum + until - from, 0);
      expect([width - hidden(across), height - hidden(down)]).toEqual([columns * 640, rows * 360]);
      for (const [index, [from]] of across.entries()) expect(from).toBe((index + 1) * 640 + index * gapMm * 2);
    }),
  );
  expect(wallFrames(profileSchema.parse(screen))).toEqual({ across: [], down: [] });
});

it('gives words the part of their room that no frame crosses', () => {
  const frames = [
    [960, 992],
    [1952, 1984],
  ] as const;
  expect(clearOfFrames([40, 900], frames)).toEqual([40, 900]);
  expect(clearOfFrames([40, 1912], frames)).toEqual([40, 960]);
  expect(clearOfFrames([900, 1912], frames)).toEqual([992, 1912]);
  expect(clearOfFrames([700, 2900], frames)).toEqual([992, 1952]);
  expect(clearOfFrames([970, 980], frames)).toEqual([970, 980]);
});

it('foretells words on a wall as large as one screen has room for', () => {
  const props = { heading: { vi: 'Gửi phản ánh trên iHanoi, nhận trả lời trên iHanoi' } };
  const largest = (wall?: object) => {
    const { words = [] } = measure(profileSchema.parse({ ...screen, ...wall }), { scene: 'message', props, seconds: 15 });
    return Math.max(...words.map(({ fontPx }) => fontPx));
  };
  const wide = { viewport: { x: 0, y: 0, width: 1_360, height: 360 } };
  const split = { wall: { columns: 2, rows: 1, column: 1, row: 1, gapMm: 40 } };
  expect(largest(split)).toBeLessThan(largest(wide));
  expect(largest({ wall: { ...split.wall, gapMm: 0 } })).toBeGreaterThan(largest(split));
});

it('leaves a screen that stands alone as it is, and refuses a place outside the wall', () => {
  const alone = profileSchema.parse(screen);
  expect(wallCanvas(alone)).toEqual({ profile: alone, x: 0, y: 0 });
  expect(profileSchema.safeParse({ ...screen, wall: { columns: 2, rows: 1, column: 3, row: 1 } }).success).toBe(false);
  expect(profileSchema.safeParse({ ...screen, wall: { columns: 2, rows: 1, column: 2, row: 2 } }).success).toBe(false);
});

it('has no code where a frame may cut it: two side by side have it at the end, two by two and two upright ones do not', () => {
  const install = {
    scene: 'install',
    seconds: 20,
    code: 'HTTPS://IHANOI.GOV.VN',
    props: { lead: { vi: 'Gửi' }, call: { vi: 'Quét mã' }, steps: [{ vi: 'Một' }, { vi: 'Hai' }, { vi: 'Ba' }] },
  };
  const cut = (wall: object | undefined, viewport = screen.viewport) =>
    check(profileSchema.parse({ ...screen, viewport, ...(wall ? { wall } : {}) }), install).some(({ rule }) => rule === 'codeOnOneScreen');
  expect(cut(undefined)).toBe(false);
  expect(cut({ columns: 2, rows: 1, column: 1, row: 1 })).toBe(false);
  expect(cut({ columns: 2, rows: 2, column: 1, row: 1 })).toBe(true);
  expect(cut({ columns: 2, rows: 1, column: 1, row: 1 }, { x: 0, y: 0, width: 360, height: 640 })).toBe(true);
});
