// The server's signing: what route modules may do with its keys, without ever holding one.
import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import type { RootDocument } from '../../core/root-document.ts';
import type { Envelope, Opened, Purpose } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256, signPayload } from './ed25519.ts';

export interface SignedDocument {
  readonly envelope: Envelope;
  /** Hash of the payload's UTF-8 bytes, the document's name. */
  readonly sha256: string;
}

export interface Keys {
  readonly root: SignedDocument & { readonly document: RootDocument };
  /** Issues the root document anew under a number above `floor`, because players know one that this server has forgotten. Runs inside a transaction. */
  issueRootAbove(db: Queries, floor: number, now: number): Promise<void>;
  /** Signs a document with the content key; the payload is its JSON text. */
  sign(purpose: Exclude<Purpose, 'root'>, document: unknown): SignedDocument;
  /** Opens what this server signed itself. */
  open<Schema extends z.ZodType>(raw: unknown, purpose: Purpose, schema: Schema): Opened<z.infer<Schema>>;
}

export function signDocument(purpose: Purpose, document: unknown, privateKey: KeyObject): SignedDocument {
  const payload = JSON.stringify(document);
  return { envelope: signPayload(purpose, payload, privateKey), sha256: sha256(payload) };
}
