// The root document: which keys may sign what, pinned at pairing; the next one is signed by the threshold of the one before.
import { z } from 'zod';
import { approversSchema, peopleWhoApproved, type Assertions } from './approvers.ts';
import { instantSchema } from './primitives.ts';
import { audiences, type Audience } from './profile.ts';
import {
  envelopeSchema,
  keyIdSchema,
  openEnvelope,
  publicKeySchema,
  readPayload,
  type Envelope,
  type Opened,
  type Purpose,
  type Signers,
  type Verify,
} from './signed.ts';

const keyIds = z.array(keyIdSchema).min(1).max(16);
const threshold = z.int().min(1).max(16);

export const rootDocumentSchema = z
  .object({
    number: z.int().min(1),
    serverName: z.string().min(1).max(120),
    issuedAt: instantSchema,
    keys: z.record(keyIdSchema, publicKeySchema),
    roles: z.object({
      /** Signs the next root document. */
      root: z.object({ keys: keyIds, threshold }),
      /** Signs manifests; how many signatures depends on who looks at the screen. */
      content: z.object({
        keys: keyIds,
        thresholds: z.record(z.literal(audiences), threshold),
        until: instantSchema,
        /** Whose passkeys have to sign it too; absent where a site asks for none. */
        approvers: approversSchema.optional(),
      }),
      /** Signs what the server must be able to say at any moment: assignments, snapshots, time. */
      state: z.object({ keys: keyIds, threshold, until: instantSchema }),
    }),
  })
  .refine(({ keys, roles }) => Object.values(roles).every((role) => role.keys.every((key) => key in keys)), 'a role names a key that is not listed');
export type RootDocument = z.infer<typeof rootDocumentSchema>;

function signers(root: RootDocument, keys: readonly string[], threshold: number): Signers {
  return { keys: Object.fromEntries(keys.flatMap((id) => (root.keys[id] === undefined ? [] : [[id, root.keys[id]]]))), threshold };
}

/** How many approvers have to sign what people of an audience see. */
export function approversNeeded({ roles }: RootDocument, audience: Audience): number {
  return roles.content.approvers?.thresholds[audience] ?? 0;
}

/** Whether content for one audience needs no fewer signatures, of keys and of approvers, than for another. */
export function needsAsMany(root: RootDocument, audience: Audience, other: Audience): boolean {
  const { thresholds } = root.roles.content;
  return thresholds[audience] >= thresholds[other] && approversNeeded(root, audience) >= approversNeeded(root, other);
}

/** Whether as many approvers have signed a document as people of an audience have it asked for. @param tools without which nothing holds where approvers are asked for */
export function isApproved(root: RootDocument, envelope: Envelope, purpose: Purpose, audience: Audience, tools?: Assertions): boolean {
  const needed = approversNeeded(root, audience);
  const keys = root.roles.content.approvers?.keys ?? {};
  return needed === 0 || (tools !== undefined && peopleWhoApproved(envelope, purpose, keys, tools) >= needed);
}

/** Who may sign a document of this purpose for this audience. @param tools as for `isApproved` */
export function signersFor(root: RootDocument, purpose: Purpose, audience: Audience, tools?: Assertions): Signers {
  const { root: rootRole, content, state } = root.roles;
  if (purpose === 'root') return signers(root, rootRole.keys, rootRole.threshold);
  if (purpose !== 'manifest') return signers(root, state.keys, state.threshold);
  return {
    ...signers(root, content.keys, content.thresholds[audience]),
    approved: (envelope, of) => isApproved(root, envelope, of, audience, tools),
  };
}

/** Opens a root document on first contact: it has to be signed by its own root keys. Whether it is the right one is for the pin or the four words to say. */
export function openFirstRoot(raw: unknown, verify: Verify): Opened<RootDocument> {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { ok: false, reason: 'malformed', detail: z.prettifyError(envelope.error) };
  const claimed = readPayload(envelope.data.payload, rootDocumentSchema);
  if (!claimed.ok) return claimed;
  return openEnvelope(raw, 'root', rootDocumentSchema, signersFor(claimed.document, 'root', 'indoor'), verify);
}
