// Fetches a signed document by its hash. What comes under another hash is not that document, whoever answered.
import { playerPaths } from '../core/protocol.ts';
import { envelopeSchema, type Envelope } from '../core/signed.ts';
import { sha256 } from './ed25519.ts';
import { httpRequest, readBody } from './http.ts';
import { faultText } from './log.ts';
import { maxEnvelopeBytes } from './verdict.ts';

export type DocumentKind = 'root' | 'assignment' | 'manifest' | 'snapshot' | 'order';
/** `unreachable` is the line's fault and says nothing of the document; `wrong` means that something else came. */
export type Fetched = { ok: true; envelope: Envelope } | { ok: false; fault: 'unreachable' | 'wrong'; reason: string };

const longestFetchMs = 120_000;

async function fetchEnvelope(url: URL, kind: DocumentKind, signal: AbortSignal, name: string): Promise<Fetched> {
  const wrong = (reason: string): Fetched => ({ ok: false, fault: 'wrong', reason: `${name} ${reason}` });
  try {
    const answer = await httpRequest(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(longestFetchMs)]) });
    if (answer.status !== 200) {
      answer.body.destroy();
      return wrong(`was answered with status ${answer.status}`);
    }
    const bytes = await readBody(answer, maxEnvelopeBytes(kind));
    let json: unknown;
    try {
      json = JSON.parse(bytes.toString('utf8'));
    } catch {
      return wrong('came as something that is not JSON');
    }
    const envelope = envelopeSchema.safeParse(json);
    if (!envelope.success) return wrong('came without its envelope');
    return { ok: true, envelope: envelope.data };
  } catch (fault) {
    if (fault instanceof RangeError) return wrong(`came too long: ${fault.message}`);
    return { ok: false, fault: 'unreachable', reason: faultText(fault) };
  }
}

export async function fetchDocument(server: string, kind: DocumentKind, hash: string, signal: AbortSignal): Promise<Fetched> {
  const name = `the ${kind} ${hash.slice(0, 12)}`;
  const fetched = await fetchEnvelope(new URL(playerPaths[kind](hash), server), kind, signal, name);
  if (fetched.ok && sha256(fetched.envelope.payload) !== hash) return { ok: false, fault: 'wrong', reason: `${name} came changed: its hash does not hold` };
  return fetched;
}

/** A root document by its number; whether it follows from the one before is judged by its signatures. */
export async function fetchRoot(server: string, number: number, signal: AbortSignal): Promise<Fetched> {
  return fetchEnvelope(new URL(playerPaths.rootNumber(number), server), 'root', signal, `root ${number}`);
}

/** The document that ended an order, whatever its hash: its signature and what it says are judged like those of any other. */
export async function fetchOrderEnd(server: string, hash: string, signal: AbortSignal): Promise<Fetched> {
  return fetchEnvelope(new URL(playerPaths.orderEnd(hash), server), 'order', signal, `the end of the order ${hash.slice(0, 12)}`);
}
