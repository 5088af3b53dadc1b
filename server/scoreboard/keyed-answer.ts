// Requests that may be repeated: with the same key and the same body they are answered as before and do nothing again.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { senderOf } from './sender.ts';

export const keyHeaderSchema = z.looseObject({
  /** Made up by the sender, new for each request; the same one only to repeat a request whose answer was lost. Kept for a week. */
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
});

export interface KeyedRequest {
  readonly sender: string;
  readonly key: string;
  /** SHA-256 over method, address and body. */
  readonly request: string;
}

/** A request that came with a key; undefined for one that did not. */
export function keyedRequest(request: FastifyRequest): KeyedRequest | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  const { body } = request;
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body ?? null));
  return { sender: senderOf(callerOf(request)), key, request: sha256(Buffer.concat([Buffer.from(`${request.method} ${request.url}\n`), bytes])) };
}

/** What the same request was answered before. @throws ApiFailure when the key came with another one */
export async function earlierAnswer(trx: Queries, keyed: KeyedRequest | undefined): Promise<unknown> {
  if (!keyed) return undefined;
  const row = await trx
    .selectFrom('keyed_answers')
    .select(['request', 'answer'])
    .where('sender', '=', keyed.sender)
    .where('key', '=', keyed.key)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.request !== keyed.request) throw new ApiFailure('key-reused');
  return JSON.parse(row.answer) as unknown;
}

const keptMs = 7 * 24 * 60 * 60_000;

/** Keeps an answer in the transaction of what it says, so that neither stands without the other. */
export async function keepAnswer(trx: Queries, keyed: KeyedRequest | undefined, answer: unknown, at: number): Promise<void> {
  if (!keyed) return;
  await trx
    .deleteFrom('keyed_answers')
    .where('answered_at', '<', at - keptMs)
    .execute();
  await trx
    .insertInto('keyed_answers')
    .values({ ...keyed, answer: JSON.stringify(answer), answered_at: at })
    .execute();
}
