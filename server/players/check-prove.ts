// What a player sends to prove itself: read in the order in which it can be wrong, each refused by name.
import { z } from 'zod';
import { minProtocolVersion, proofSchema, protocolVersion, proveSchema, type Prove, type Refusal } from '../../core/protocol.ts';
import { openEnvelope } from '../../core/signed.ts';
import { keyId, verify } from '../keys/ed25519.ts';

/** Whatever else another protocol says, it says its number. */
const numbered = z.looseObject({ protocol: z.int() });

export type Proven = { ok: true; prove: Prove; nonce: string } | { ok: false; refusal: Refusal; detail: string };

/** @param challenge the nonce that this connection was sent */
export function checkProve(raw: unknown, challenge: string): Proven {
  const number = numbered.safeParse(raw);
  if (!number.success) return { ok: false, refusal: 'bad-message', detail: z.prettifyError(number.error) };
  const { protocol } = number.data;
  if (protocol < minProtocolVersion || protocol > protocolVersion) return { ok: false, refusal: 'protocol', detail: `protocol ${protocol}` };
  const parsed = proveSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, refusal: 'bad-message', detail: z.prettifyError(parsed.error) };
  const { publicKey, proof } = parsed.data;
  const opened = openEnvelope(proof, 'prove', proofSchema, { keys: { [keyId(publicKey)]: publicKey }, threshold: 1 }, verify);
  if (!opened.ok) return { ok: false, refusal: 'bad-proof', detail: opened.detail };
  if (opened.document.server !== challenge) return { ok: false, refusal: 'bad-proof', detail: 'the proof answers another challenge' };
  return { ok: true, prove: parsed.data, nonce: opened.document.player };
}
