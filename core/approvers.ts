// Approvers' passkeys as signatures: whose keys a site asks for, and how many people's assertions over a document hold. Pure; the cryptography is passed in.
import { z } from 'zod';
import { base64urlSchema } from './primitives.ts';
import { audiences } from './profile.ts';
import { keyIdSchema, signedBytes, type ApprovalSignature, type Envelope, type Purpose } from './signed.ts';

/** An approver's passkey: its public key (SPKI, DER, base64url), the host for which it was made, and whose it is. */
const approverKeySchema = z.object({ publicKey: base64urlSchema.min(40).max(1_000), host: z.string().min(1).max(253), person: z.string().min(1).max(64) });

export const approversSchema = z.object({
  /** By id: the first 32 hexadecimal characters of SHA-256 over the public key. */
  keys: z.record(keyIdSchema, approverKeySchema),
  /** How many people have to sign content for whoever looks at the screen. */
  thresholds: z.record(z.literal(audiences), z.int().min(0).max(16)),
});
export type Approvers = z.infer<typeof approversSchema>;

/** What each world brings for checking assertions. */
export interface Assertions {
  sha256(bytes: Uint8Array): Uint8Array;
  fromBase64url(text: string): Uint8Array;
  /** Whether a signature over bytes holds: ECDSA P-256 or RSA PKCS #1 with SHA-256, or Ed25519, as the key (SPKI, DER, base64url) says. */
  verify(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** What an approver's passkey is asked to sign: SHA-256 over the bytes that the content key signs too. */
export function approvalChallenge(purpose: Purpose, payload: string, { sha256 }: Pick<Assertions, 'sha256'>): Uint8Array {
  return sha256(signedBytes(purpose, payload));
}

const clientDataSchema = z.object({ type: z.literal('webauthn.get'), challenge: base64urlSchema });
/** Somebody was there, and showed a finger, a face or a PIN. */
const presentAndVerified = 0b101;

const same = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, index) => byte === other[index]);

function holds({ authenticatorData, clientDataJSON, signature }: ApprovalSignature, challenge: Uint8Array, key: Approvers['keys'][string], tools: Assertions) {
  const data = tools.fromBase64url(authenticatorData);
  const clientBytes = tools.fromBase64url(clientDataJSON);
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder().decode(clientBytes));
  } catch {
    return false;
  }
  const client = clientDataSchema.safeParse(said);
  if (!client.success || !same(tools.fromBase64url(client.data.challenge), challenge)) return false;
  const flags = data[32] ?? 0;
  if (!same(data.slice(0, 32), tools.sha256(new TextEncoder().encode(key.host))) || (flags & presentAndVerified) !== presentAndVerified) return false;
  const hash = tools.sha256(clientBytes);
  const signed = new Uint8Array(data.length + hash.length);
  signed.set(data);
  signed.set(hash, data.length);
  return tools.verify(key.publicKey, signed, tools.fromBase64url(signature));
}

/** The approvals of an envelope that hold, each with the person whose key it is. */
export function approvalsThatHold(
  { payload, approvals = [] }: Envelope,
  purpose: Purpose,
  keys: Approvers['keys'],
  tools: Assertions,
): { readonly key: string; readonly person: string }[] {
  const challenge = approvalChallenge(purpose, payload, tools);
  return approvals.flatMap((approval) => {
    const key = Object.hasOwn(keys, approval.key) ? keys[approval.key] : undefined;
    return key && holds(approval, challenge, key, tools) ? [{ key: approval.key, person: key.person }] : [];
  });
}

/** How many different people have signed a document by passkey. */
export function peopleWhoApproved(envelope: Envelope, purpose: Purpose, keys: Approvers['keys'], tools: Assertions): number {
  return new Set(approvalsThatHold(envelope, purpose, keys, tools).map(({ person }) => person)).size;
}
