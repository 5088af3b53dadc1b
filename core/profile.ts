// What a screen is physically, and which composition fits its shape.
import { z } from 'zod';

export const screenKinds = ['led', 'lcd', 'kiosk'] as const;
export const audiences = ['traffic', 'public', 'indoor'] as const;
export const shapes = ['strip', 'landscape', 'square', 'portrait', 'kiosk'] as const;
export const dimmers = ['picture', 'controller'] as const;
export const surroundings = ['usual', 'dark', 'bright'] as const;
export type Audience = (typeof audiences)[number];
export type Surroundings = (typeof surroundings)[number];
export type Shape = (typeof shapes)[number];

const pixels = z.int().min(16).max(16_384);

const place = z.int().min(1).max(8);

/** Which part of a wall's one picture a screen shows: columns from the left, rows from the top, 1 first; all its screens are alike. */
const wallSchema = z
  .object({
    columns: place,
    rows: place,
    column: place,
    row: place,
    /** Between the pictures of two neighbours, both frames together. */
    gapMm: z.number().min(0).max(500).default(0),
  })
  .refine(({ column, columns, row, rows }) => column <= columns && row <= rows, 'the place lies outside the wall');

/** A screen's size, pitch, viewport, distance, audience and abilities. The viewport is the rectangle of the output that carries pixels. */
export const profileSchema = z.object({
  kind: z.literal(screenKinds),
  /** Size of one pixel on the wall, millimetres. */
  pitchMm: z.number().min(0.05).max(100),
  viewport: z.object({ x: z.int().min(0).default(0), y: z.int().min(0).default(0), width: pixels, height: pixels }),
  /** Distance of the people it is made for, metres: nearest and farthest. */
  distanceM: z.object({ near: z.number().positive(), far: z.number().positive() }),
  audience: z.literal(audiences),
  touch: z.boolean().default(false),
  sound: z.boolean().default(false),
  /** White at full drive, cd/m²; what is usual for its kind where nobody has measured it. */
  peakCdM2: z.number().min(50).max(20_000).optional(),
  /** What dims it at night: the stage in its picture, or its own controller. The stage leaves its picture alone where nobody has said. */
  dimmedBy: z.literal(dimmers).optional(),
  /** Light in the room around it: a dark hall, or a lobby full of daylight. Outdoors the sun says it. */
  surroundings: z.literal(surroundings).optional(),
  wall: wallSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** The output that holds the viewport, from its top left corner. */
export function outputSize({ viewport: { x, y, width, height } }: Profile): { width: number; height: number } {
  return { width: x + width, height: y + height };
}

/** The composition for a screen: by kind for kiosks, else by width over height. */
export function shapeOf(profile: Profile): Shape {
  if (profile.kind === 'kiosk') return 'kiosk';
  const ratio = profile.viewport.width / profile.viewport.height;
  if (ratio >= 2.6) return 'strip';
  if (ratio >= 1.25) return 'landscape';
  return ratio > 0.8 ? 'square' : 'portrait';
}

/** An LED with fewer rows or columns has no room for fine words, however small its pixels are. */
const fewPixels = 400;

/** LEDs at a coarse pitch band and blotch, and small ones hold large words only: flat colours, no fine motif. */
export function isFlat({ audience, pitchMm, kind, viewport }: Profile): boolean {
  return audience === 'traffic' || pitchMm >= 4 || (kind === 'led' && Math.min(viewport.width, viewport.height) < fewPixels);
}
