// The one contract between player and stage, carried by a WebSocket (chromium/) or by IPC (electron/).
import { z } from 'zod';
import { coverSchema } from './cover.ts';
import { pageStates } from './health.ts';
import { boardSchema, planSchema } from './plan.ts';
import { instantSchema } from './primitives.ts';
import { profileSchema } from './profile.ts';
import { pinSchema, technicianAnswerSchema, technicianWishes } from './technician.ts';

/** Shown while a player has no screen yet: type this code in the console and compare the four words. */
export const pairingCardSchema = z.object({ code: z.string().max(12), server: z.string().max(120), words: z.array(z.string()).length(4) });
export type PairingCard = z.infer<typeof pairingCardSchema>;

/**
 * Of four by four pixels in the corner, told apart by the window's own picture and by nobody on the street: three or four parts in a hundred of white or of black.
 * They change when the player asks, so that a still can prove that it is drawn.
 */
export const speckShades = ['light', 'dark'] as const;
export type SpeckShade = (typeof speckShades)[number];

export const toStageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plan'), plan: planSchema }),
  z.object({ type: z.literal('board'), board: boardSchema.nullable() }),
  /** A code to pair with, laid over the programme's corner; null when paired. */
  z.object({ type: z.literal('pairing'), card: pairingCardSchema.nullable(), profile: profileSchema }),
  z.object({ type: z.literal('revoked'), profile: profileSchema }),
  /** What lies over the programme; null lets it be seen again. */
  z.object({ type: z.literal('cover'), cover: coverSchema.nullable(), profile: profileSchema }),
  /** Shows name and number over everything for some seconds, for the person who looks for this screen. */
  z.object({ type: z.literal('identify'), name: z.string().max(200), number: z.int().min(0), seconds: z.int().min(1).max(120), profile: profileSchema }),
  z.object({ type: z.literal('speck'), shade: z.literal(speckShades) }),
  /** What becomes of a technician's wish. */
  z.object({ type: z.literal('technician'), answer: technicianAnswerSchema }),
]);
export type ToStage = z.infer<typeof toStageSchema>;

const turnId = z.string().max(80);

export const fromStageSchema = z.discriminatedUnion('type', [
  /** The page is up and wants its plan. */
  z.object({ type: z.literal('hello') }),
  /** A turn is about to be made ready; should the page fall silent now, this is the suspect. */
  z.object({ type: z.literal('mounting'), turn: turnId, item: z.string().max(64) }),
  /** First frame of a turn is on screen; the machine's clock. */
  z.object({ type: z.literal('shown'), turn: turnId, item: z.string().max(64), at: instantSchema }),
  /** First frame on which a cover hides the programme; `item` as the cover names itself, null for one that is off. */
  z.object({ type: z.literal('covered'), state: z.literal(pageStates), item: z.string().max(64).nullable(), at: instantSchema }),
  /** A turn could not be made ready, or broke while it was shown. `late`: it was only slow, which may have been the machine's fault. */
  z.object({ type: z.literal('failed'), turn: turnId, item: z.string().max(64), reason: z.string().max(300), late: z.boolean().optional() }),
  /** The speck stands on the glass in this shade. */
  z.object({ type: z.literal('speck'), shade: z.literal(speckShades) }),
  /** Somebody touched the screen; said once a second at most. */
  z.object({ type: z.literal('touched') }),
  /** Somebody in front of the screen typed a PIN, and wants this. */
  z.object({ type: z.literal('technician'), pin: pinSchema, wish: z.literal(technicianWishes) }),
  /** Once a second: the turn on the visible layer, and the machine's time of its last frame. */
  z.object({
    type: z.literal('beat'),
    turn: turnId.nullable(),
    /** Cover that hides the turn. */
    cover: z.string().max(64).optional(),
    frameAt: instantSchema,
    heapBytes: z.int().min(0).nullable(),
    viewport: z.object({ width: z.int().min(1), height: z.int().min(1) }),
    /** Why that frame does not count: the visible layer has no real box, or something lies over it. */
    unseen: z.string().max(200).optional(),
    /** Frames that came too late since the page was loaded. */
    droppedFrames: z.int().min(0).optional(),
  }),
]);
export type FromStage = z.infer<typeof fromStageSchema>;

/** What the stage needs of a bridge. The preload and the page's WebSocket client both provide it. */
export interface StageBridge {
  send(message: FromStage): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Paths below the secret of the Chromium shell's loopback server. */
export const loopbackPaths = { page: 'stage.html', socket: 'bridge', media: 'media' } as const;
