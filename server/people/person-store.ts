// Staff accounts and their one-time sign-in links.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { roles, type Role } from '../../core/api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

const roleSchema = z.literal(roles);

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Unit to which the person's duty is limited; null for the whole city. */
  readonly unit: string | null;
}

export function toPerson({ id, name, role, unit }: Pick<Row<'people'>, 'id' | 'name' | 'role' | 'unit'>): Person {
  return { id, name, role: roleSchema.parse(role), unit };
}

export async function addPerson(db: Queries, name: string, role: Role, now: number, unit: string | null = null): Promise<Person> {
  const person = { id: randomUUID(), name, role, unit };
  await db
    .insertInto('people')
    .values({ ...person, created_at: now, disabled: 0 })
    .execute();
  return person;
}

/** The first administrator who may still sign in. */
export async function firstAdministrator(db: Queries): Promise<Person | undefined> {
  const row = await db
    .selectFrom('people')
    .select(['id', 'name', 'role', 'unit'])
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return row && toPerson(row);
}

/** Adds a link; the person's earlier ones stop working. */
export async function replaceSignInLink(db: Queries, person: string, secretHash: string, expiresAt: number): Promise<void> {
  await db.deleteFrom('sign_in_links').where('person', '=', person).execute();
  await db.insertInto('sign_in_links').values({ secret_hash: secretHash, person, expires_at: expiresAt, used_at: null }).execute();
}

/** Uses a link up: only one caller ever gets its person. */
export async function takeSignInLink(db: Queries, secretHash: string, now: number): Promise<Person | undefined> {
  const taken = await db
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('secret_hash', '=', secretHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('person')
    .executeTakeFirst();
  if (!taken) return undefined;
  const row = await db.selectFrom('people').select(['id', 'name', 'role', 'unit']).where('id', '=', taken.person).where('disabled', '=', 0).executeTakeFirst();
  return row && toPerson(row);
}
