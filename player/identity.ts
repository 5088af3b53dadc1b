// Who this player is: its key pair, made on this box and never leaving it, and the server and screen it belongs to.
import { z } from 'zod';
import { maxScreenNumber } from '../core/manifest.ts';
import { base64urlSchema, sha256Schema } from '../core/primitives.ts';
import { envelopeSchema } from '../core/signed.ts';
import { newPrivateKey, signingKey, type SigningKey } from './ed25519.ts';
import type { Log } from './log.ts';
import { openTwoCopies } from './two-copies.ts';

/** The server and screen a player belongs to. */
export const bindingSchema = z.object({
  server: z.url().optional(),
  /** The root document pinned at pairing or enrolment, or a later one signed by it. */
  root: envelopeSchema.optional(),
  /** Hash of the root that the token named or that the pairing words were made from, not met yet. */
  candidate: sha256Schema.optional(),
  /** Secret of a token that was not used yet. */
  enrol: base64urlSchema.max(64).optional(),
  screen: z.uuid().optional(),
  number: z.int().min(1).max(maxScreenNumber).optional(),
});
export type Binding = z.infer<typeof bindingSchema>;

export interface Identity {
  readonly key: SigningKey;
  readonly binding: Binding;
  bind(binding: Binding): Promise<void>;
}

const isKey = (text: string) => {
  try {
    return signingKey(text).id !== '';
  } catch {
    return false;
  }
};

const identitySchema = z.object({ privateKey: z.string().refine(isKey, 'not an Ed25519 key'), binding: bindingSchema });

/** Opens the identity of a data folder, or makes one. Where the disk takes nothing, it lasts for this run. */
export async function openIdentity(folder: string, log: Log): Promise<Identity> {
  const kept = await openTwoCopies({ folder, name: 'identity', schema: identitySchema, log });
  const privateKey = kept.value?.privateKey ?? newPrivateKey();
  if (!kept.value) await kept.write({ privateKey, binding: {} });
  const key = signingKey(privateKey);
  return {
    key,
    get binding() {
      return kept.value?.binding ?? {};
    },
    async bind(binding) {
      await kept.write({ privateKey, binding });
    },
  };
}
