// The staff API's contract for tokens of programs.
import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** `scoreboard`: read and send figures; `screens`: read what screens show. */
export const tokenScopes = ['scoreboard', 'screens'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.literal(tokenScopes)).min(1),
  days: z.int().min(1).max(366).default(90),
  /** Unit to which it is limited; the whole city, or the unit of whoever makes it, when absent. */
  unit: z.string().max(40).nullable().default(null),
});

export const tokenViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.literal(tokenScopes)),
  unit: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

export const createdTokenSchema = tokenViewSchema.extend({ token: z.string() });

export const tokenPaths = {
  tokens: '/api/tokens',
  token: (id: string) => `/api/tokens/${id}`,
} as const;
