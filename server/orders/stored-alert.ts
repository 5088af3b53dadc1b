// An alert as it waits for a second person: what was asked, and where it comes from when a CAP message was taken.
import { z } from 'zod';
import { newAlertSchema } from '../../core/order-api.ts';
import { instantSchema } from '../../core/primitives.ts';

export const storedAlertSchema = newAlertSchema.extend({
  cap: z
    .object({
      sender: z.string(),
      identifier: z.string(),
      references: z.array(z.string()),
      expiresAt: instantSchema,
      speaker: z.string().optional(),
      /** Numbers of the alerts whose place it takes. */
      ends: z.array(z.int()),
    })
    .optional(),
});
export type StoredAlert = z.infer<typeof storedAlertSchema>;
