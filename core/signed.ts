// Signed documents: a purpose, the exact bytes that travel, a list of signatures, and the rules by which they count.
import { z } from 'zod';
import { base64urlSchema } from './primitives.ts';

export const purposes = ['root', 'manifest', 'assignment', 'snapshot', 'order', 'time', 'prove', 'plays', 'capture', 'logs'] as const;
export type Purpose = (typeof purposes)[number];

/** A key's id: the first 32 hexadecimal characters of SHA-256 over its 32 raw public bytes. */
export const keyIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** A raw Ed25519 public key, 32 bytes. */
export const publicKeySchema = base64urlSchema.length(43);

const signatureSchema = z.object({ key: keyIdSchema, signature: base64urlSchema.length(86) });

const assertionBytes = base64urlSchema.min(1).max(2_000);
/** What an approver's passkey signed (WebAuthn): its challenge is the SHA-256 of `signedBytes`. `key` is its id in the root document. */
export const approvalSignatureSchema = z.object({
  key: keyIdSchema,
  authenticatorData: assertionBytes,
  clientDataJSON: assertionBytes,
  signature: assertionBytes,
});
export type ApprovalSignature = z.infer<typeof approvalSignatureSchema>;

/** A document with its signatures. `payload` is JSON text; its UTF-8 bytes are what is signed and hashed. */
export const envelopeSchema = z.object({
  payload: z.string().min(2),
  signatures: z.array(signatureSchema).min(1).max(16),
  /** Of approvers, where the root document asks for them. */
  approvals: z.array(approvalSignatureSchema).max(16).optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** The bytes that a signature covers: `ihanoi/1/<purpose>\n` and the payload's exact bytes. */
export function signedBytes(purpose: Purpose, payload: string): Uint8Array {
  return new TextEncoder().encode(`ihanoi/1/${purpose}\n${payload}`);
}

/** Ed25519 over exact bytes: public key and signature in base64url. Passed in by each world. */
export type Verify = (publicKey: string, bytes: Uint8Array, signature: string) => boolean;

/** Keys that may sign, by id, and how many of them have to. */
export interface Signers {
  readonly keys: Readonly<Record<string, string>>;
  readonly threshold: number;
  /** Whether enough approvers have signed, where the root document asks for them. */
  readonly approved?: (envelope: Envelope, purpose: Purpose) => boolean;
}

export type Opened<T> = { ok: true; document: T } | { ok: false; reason: 'malformed' | 'bad-signature' | 'bad-document'; detail: string };

/** How many different known keys have signed these bytes for this purpose. */
function signedByMany({ payload, signatures }: Envelope, purpose: Purpose, { keys }: Signers, verify: Verify): number {
  const bytes = signedBytes(purpose, payload);
  const valid = new Set<string>();
  for (const { key, signature } of signatures) {
    const publicKey = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (publicKey !== undefined && verify(publicKey, bytes, signature)) valid.add(key);
  }
  return valid.size;
}

/** Whether enough known keys have signed an envelope whose payload was read before. */
export function isSigned(envelope: Envelope, purpose: Purpose, signers: Signers, verify: Verify): boolean {
  return signedByMany(envelope, purpose, signers, verify) >= signers.threshold;
}

/** Parses and checks an envelope from outside: enough different known keys have signed these bytes for this purpose, and the document has its shape. */
export function openEnvelope<Schema extends z.ZodType>(
  raw: unknown,
  purpose: Purpose,
  schema: Schema,
  signers: Signers,
  verify: Verify,
): Opened<z.infer<Schema>> {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { ok: false, reason: 'malformed', detail: z.prettifyError(envelope.error) };
  const valid = signedByMany(envelope.data, purpose, signers, verify);
  if (valid < signers.threshold) return { ok: false, reason: 'bad-signature', detail: `${valid} of ${signers.threshold} signatures hold for ${purpose}` };
  if (signers.approved?.(envelope.data, purpose) === false)
    return { ok: false, reason: 'bad-signature', detail: `too few approvers have signed this ${purpose}` };
  return readPayload(envelope.data.payload, schema);
}

/** Parses a payload whose signatures have been checked, or that is only looked at. */
export function readPayload<Schema extends z.ZodType>(payload: string, schema: Schema): Opened<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch (error) {
    return { ok: false, reason: 'malformed', detail: (error as Error).message };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: 'bad-document', detail: z.prettifyError(parsed.error) };
  return { ok: true, document: parsed.data };
}
