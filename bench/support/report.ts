// How a bench speaks: one JSON line a figure, a promise beside it, and where possible a ratio to a bare baseline of the same run.

export interface Figure {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'MB/s' | 'per-second' | 'ratio' | 'bytes' | 'frames' | 'swaps';
  /** What the value was measured against, where a baseline was run. */
  readonly ratioTo: { readonly baseline: string; readonly value: number; readonly ratio: number } | null;
  /** The aim of the design, in the same unit. */
  readonly aim?: number;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function report(figure: Omit<Figure, 'ratioTo'> & { baseline?: { name: string; value: number } }): void {
  const { baseline, ...rest } = figure;
  const ratioTo = baseline ? { baseline: baseline.name, value: rounded(baseline.value), ratio: rounded(figure.value / baseline.value) } : null;
  process.stdout.write(`${JSON.stringify({ ...rest, value: rounded(figure.value), ratioTo })}\n`);
}

/** The value below which a share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}
