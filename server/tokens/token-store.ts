// API tokens: for programs that send figures. Shown once, kept as a hash, with scopes and an end.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { tokenScopes, type TokenScope } from '../../core/token-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

const scopesSchema = z.array(z.literal(tokenScopes));

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: TokenScope[];
  /** Unit to which it is limited; null for the whole city. */
  readonly unit: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}

function toToken(row: Row<'api_tokens'>): ApiToken {
  const { id, name, unit, created_at, expires_at, last_used_at } = row;
  return { id, name, unit, scopes: scopesSchema.parse(JSON.parse(row.scopes)), createdAt: created_at, expiresAt: expires_at, lastUsedAt: last_used_at };
}

export interface NewToken {
  readonly secretHash: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly unit?: string | null;
  readonly person: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export async function addToken(db: Queries, { secretHash, name, scopes, unit = null, person, createdAt, expiresAt }: NewToken): Promise<ApiToken> {
  const row = await db
    .insertInto('api_tokens')
    .values({
      id: randomUUID(),
      secret_hash: secretHash,
      name,
      scopes: JSON.stringify(scopes),
      unit,
      person,
      created_at: createdAt,
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toToken(row);
}

export async function listTokens(db: Queries, now: number): Promise<ApiToken[]> {
  const rows = await db.selectFrom('api_tokens').selectAll().where('revoked_at', 'is', null).where('expires_at', '>', now).orderBy('created_at').execute();
  return rows.map(toToken);
}

/** The token of a secret, if it still holds; remembers the use, to the minute. */
export async function useToken(db: Queries, secretHash: string, now: number): Promise<ApiToken | undefined> {
  const row = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row && now - (row.last_used_at ?? 0) > 60_000) await db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.id).execute();
  return row && toToken(row);
}

export async function findToken(db: Queries, id: string): Promise<ApiToken | undefined> {
  const row = await db.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toToken(row);
}

/** Ends a token. @returns its name, or undefined when there is none to end */
export async function revokeToken(db: Queries, id: string, now: number): Promise<string | undefined> {
  const row = await db
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}
