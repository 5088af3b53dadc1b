// How fast the programme answers: look-ups at random instants, and all turns of a month.
import { compile, programmeAt, turnsBetween, type ProgrammeSource } from '../core/programme.ts';
import type { Item } from '../core/playlist.ts';
import { report } from './support/report.ts';

const hour = 3_600_000;
const from = Date.parse('2024-11-01T00:00:00+07:00');
const monthMs = 30 * 24 * hour;

const items = Array.from({ length: 200 }, (_, index): Item => {
  const windows: Item['windows'] =
    index % 4 === 0 ? [{ days: [1, 2, 3, 4, 5], from: '07:30', until: '17:00' }] : index % 7 === 0 ? [{ from: '22:00', until: '02:00' }] : [];
  return { id: `item-${index}`, number: index, name: 'Bench', scene: 'message', props: {}, seconds: 10, weight: 1 + (index % 3), windows };
});
const source: ProgrammeSource = { layers: [{ share: 1, playlist: { id: 'bench', name: 'Bench', items } }], campaign: { zone: 'Asia/Ho_Chi_Minh' } };

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const compiled = compile(source);
const month = milliseconds(() => turnsBetween(compiled, from, from + monthMs));
report({ bench: 'programme', metric: 'month-of-10-s-turns', value: month, unit: 'ms', aim: 300 });

const lookUps = 200_000;
const instants = Array.from({ length: lookUps }, (_, index) => from + ((index * 7_919_333) % monthMs));
let sum = 0;
// The bare baseline: a binary search over the same number of plain turn starts.
const starts = Float64Array.from({ length: monthMs / 10_000 }, (_, index) => from + index * 10_000);
const bare = milliseconds(() => {
  for (const instant of instants) {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= instant) low = middle;
      else high = middle - 1;
    }
    sum += low;
  }
});
const ours = milliseconds(() => {
  for (const instant of instants) sum += programmeAt(compiled, instant).start;
});
report({
  bench: 'programme',
  metric: 'look-ups',
  value: (lookUps / ours) * 1000,
  unit: 'per-second',
  aim: 100_000,
  baseline: { name: 'binary search in an array of starts', value: (lookUps / bare) * 1000 },
});
if (!Number.isFinite(sum)) throw new Error('no look-up was made');
