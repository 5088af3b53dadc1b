import fc from 'fast-check';
import { expect, it } from 'vitest';
import { widthEm } from './legibility/text-layout.ts';
import { mottoLines, mottoRows, mottoType } from './motto-lines.ts';

const phrases = ['biết', 'bàn', 'làm', 'kiểm tra', 'giám sát', 'thụ hưởng'].map((vi) => ({ vi }));
const { lines } = mottoLines({ word: { vi: 'Dân' }, phrases }, 'vi');

it('sets a motto in two lines, its word once', () => {
  expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual(['Dân biết, bàn, làm,', 'kiểm tra, giám sát, thụ hưởng']);
});

it('gives both lines rows that leave as much room above them as below', () => {
  const rooms = fc.record({
    widthPx: fc.integer({ min: 200, max: 4_000 }),
    heightPx: fc.integer({ min: 100, max: 2_000 }),
    maxPx: fc.integer({ min: 20, max: 800 }),
  });
  fc.assert(
    fc.property(rooms, (room) => {
      const rows = mottoRows(lines, room);
      expect(rows[0] + rows[1]).toBeCloseTo(room.heightPx);
      const [above, below] = lines.map((line, index) => {
        const em = widthEm(line, mottoType.weight) + mottoType.trackingEm * line.length;
        return (rows[index] ?? 0) - Math.min(room.maxPx, room.widthPx / em) * mottoType.line;
      });
      expect(above).toBeCloseTo(below ?? Infinity);
    }),
  );
});
