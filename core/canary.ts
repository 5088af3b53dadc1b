// A publish to a few screens first: the contract of the staff API, and the judgement on how those screens bear it. Pure.
import { z } from 'zod';
import type { HealthReport } from './health.ts';
import { instantSchema, slugSchema } from './primitives.ts';

/** `done`: all screens got it; `stopped`: none but these had it, and they went back. */
export const canaryStates = ['running', 'done', 'stopped'] as const;
export type CanaryState = (typeof canaryStates)[number];

export const maxCanaryScreens = 20;
/** How long a screen may take to fetch it, or be away, before that counts against it. */
export const canaryLateMs = 5 * 60_000;

export const canaryFaults = ['late', 'refused', 'broken', 'unseen'] as const;
export type CanaryFault = (typeof canaryFaults)[number];

export interface CanaryScreenFacts {
  /** The manifest that was issued for it. */
  readonly manifest: string;
  readonly startedAt: number;
  /** Its latest report while it is connected. */
  readonly report: HealthReport | undefined;
  /** When it last showed the manifest, as far as anybody saw. */
  readonly lastShownAt: number | undefined;
}

export type CanaryScreenState = { readonly kind: 'shows' | 'fetching' } | { readonly kind: 'faulty'; readonly fault: CanaryFault };

/** How one screen bears what it was given. Being connected is not enough: its page has to show the manifest, all of it. */
export function canaryScreenState({ manifest, startedAt, report, lastShownAt }: CanaryScreenFacts, now: number): CanaryScreenState {
  const isPlaying = report?.manifest.playing === manifest;
  if (report && !isPlaying && report.manifest.reason !== undefined && report.at > startedAt) return { kind: 'faulty', fault: 'refused' };
  if (report && isPlaying && report.quarantined.length > 0) return { kind: 'faulty', fault: 'broken' };
  if (report && isPlaying && report.unseen) return { kind: 'faulty', fault: 'unseen' };
  if (report && isPlaying && report.shows?.manifest === manifest) return { kind: 'shows' };
  return now - Math.max(startedAt, lastShownAt ?? 0) > canaryLateMs ? { kind: 'faulty', fault: 'late' } : { kind: 'fetching' };
}

export const canaryVerdicts = ['watching', 'healthy', 'faulty'] as const;
export type CanaryVerdict = (typeof canaryVerdicts)[number];

/** @param screens since when each shows it without a fault; undefined where it does not */
export function canaryVerdict(
  screens: readonly { readonly state: CanaryScreenState; readonly since: number | undefined }[],
  minutes: number,
  now: number,
): CanaryVerdict {
  if (screens.some(({ state }) => state.kind === 'faulty')) return 'faulty';
  return screens.every(({ since }) => since !== undefined && now - since >= minutes * 60_000) ? 'healthy' : 'watching';
}

const wordsSchema = z.object({ vi: z.string(), en: z.string() });

export const newCanarySchema = z.strictObject({
  revision: z.int(),
  screens: z.array(z.uuid()).min(1).max(maxCanaryScreens),
  /** How long all of them have to show it without a fault. */
  minutes: z
    .int()
    .min(1)
    .max(24 * 60),
  /** Whether it goes on, or stops at a fault, by itself. */
  auto: z.boolean(),
});

export const canarySchema = z.object({
  id: z.uuid(),
  playlist: slugSchema,
  revision: z.int(),
  minutes: z.int(),
  auto: z.boolean(),
  by: z.string(),
  startedAt: instantSchema,
  state: z.literal(canaryStates),
  settled: z.object({ by: z.string(), at: instantSchema }).nullable(),
  /** Why it stopped. */
  why: z.array(wordsSchema),
  /** Of a running one. */
  verdict: z.literal(canaryVerdicts).nullable(),
  screens: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      state: z.literal(['shows', 'fetching', 'faulty']).nullable(),
      /** Since when it shows it without a fault. */
      since: instantSchema.nullable(),
      fault: z.literal(canaryFaults).nullable(),
    }),
  ),
  may: z.object({ settle: z.boolean(), stop: z.boolean() }),
});
export type CanaryView = z.infer<typeof canarySchema>;
/** The latest one of a playlist. */
export const canaryAnswerSchema = z.object({ canary: canarySchema.nullable() });

export const canaryPaths = {
  canary: (playlist: string) => `/api/playlists/${playlist}/canary`,
  goOn: (playlist: string) => `/api/playlists/${playlist}/canary/go-on`,
  stop: (playlist: string) => `/api/playlists/${playlist}/canary/stop`,
} as const;
