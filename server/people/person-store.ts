// Staff accounts and their one-time links. An account is closed and never deleted: the audit log and old revisions name it.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { roles, type Role } from '../../core/roles.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { forgetSecondFactors } from './second-factor-store.ts';

const roleSchema = z.literal(roles);

export interface Person {
  readonly id: string;
  readonly name: string;
  /** With which the person signs in. */
  readonly login: string;
  readonly role: Role;
  /** Unit to which the person's duty is limited; null for the whole city. */
  readonly unit: string | null;
  /** Argon2id; null until one is set. */
  readonly password: string | null;
  /** Codes of a telephone, or a passkey. */
  readonly hasSecondFactor: boolean;
  readonly hasCodes: boolean;
  readonly passkeys: number;
  readonly createdAt: number;
  readonly closedAt: number | null;
  /** Id of whoever took over. */
  readonly heir: string | null;
}

export const personColumns = [
  ...(['people.id', 'people.name', 'people.login', 'people.role', 'people.unit', 'people.password'] as const),
  ...(['people.totp_since', 'people.passkeys', 'people.created_at as joined_at', 'people.closed_at', 'people.heir'] as const),
] as const;

type PersonRow = Pick<Row<'people'>, 'id' | 'name' | 'login' | 'role' | 'unit' | 'password' | 'totp_since' | 'passkeys' | 'closed_at' | 'heir'> & {
  readonly joined_at: number;
};

export function toPerson({ id, name, login, role, unit, password, totp_since, passkeys, joined_at, closed_at, heir }: PersonRow): Person {
  return {
    ...{ id, name, login, role: roleSchema.parse(role), unit, password, heir },
    ...{ hasSecondFactor: totp_since !== null || passkeys > 0, hasCodes: totp_since !== null, passkeys, createdAt: joined_at, closedAt: closed_at },
  };
}

export interface NewPerson {
  readonly unit?: string | null;
  readonly login?: string;
}

export async function addPerson(db: Queries, name: string, role: Role, now: number, { unit = null, login }: NewPerson = {}): Promise<Person> {
  const id = randomUUID();
  await db
    .insertInto('people')
    .values({
      ...{ id, name, role, unit, login: login ?? `nguoi-dung-${id.slice(0, 8)}`, created_at: now, disabled: 0 },
      ...{ password: null, totp_secret: null, totp_since: null, closed_at: null, heir: null },
    })
    .execute();
  return toPerson(await db.selectFrom('people').select(personColumns).where('id', '=', id).executeTakeFirstOrThrow());
}

export async function listPeople(db: Queries): Promise<Person[]> {
  return (await db.selectFrom('people').select(personColumns).orderBy('created_at').execute()).map(toPerson);
}

export async function findPerson(db: Queries, id: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').select(personColumns).where('id', '=', id).executeTakeFirst();
  return row && toPerson(row);
}

/** Open or closed: a sign-in name is never used again. */
export async function findPersonByLogin(db: Queries, login: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').select(personColumns).where('login', '=', login).executeTakeFirst();
  return row && toPerson(row);
}

/** Administrators of the whole city who may still sign in, the first one first. */
export async function cityAdministrators(db: Queries): Promise<Person[]> {
  return (await listPeople(db)).filter(({ role, unit, closedAt }) => role === 'admin' && unit === null && closedAt === null);
}

export async function changePerson(db: Queries, id: string, { name, role, unit }: Pick<Person, 'name' | 'role' | 'unit'>): Promise<void> {
  await db.updateTable('people').set({ name, role, unit }).where('id', '=', id).execute();
}

export async function setPassword(db: Queries, id: string, password: string): Promise<void> {
  await db.updateTable('people').set({ password }).where('id', '=', id).execute();
}

/** Ends an account: nobody signs in with it any more. */
export async function closePerson(db: Queries, id: string, heir: string | null, now: number): Promise<void> {
  await db.updateTable('people').set({ disabled: 1, closed_at: now, heir, password: null }).where('id', '=', id).execute();
  await forgetSecondFactors(db, id);
  await db.deleteFrom('sign_in_links').where('person', '=', id).execute();
}

/** Adds a link; the person's earlier ones stop working. */
export async function replaceSignInLink(db: Queries, person: string, secretHash: string, expiresAt: number): Promise<void> {
  await db.deleteFrom('sign_in_links').where('person', '=', person).execute();
  await db.insertInto('sign_in_links').values({ secret_hash: secretHash, person, expires_at: expiresAt, used_at: null }).execute();
}

/** Whom a link that still works is for. */
export async function personOfLink(db: Queries, secretHash: string, now: number): Promise<Person | undefined> {
  const row = await db
    .selectFrom('sign_in_links')
    .innerJoin('people', 'people.id', 'sign_in_links.person')
    .select(personColumns)
    .where('secret_hash', '=', secretHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('people.disabled', '=', 0)
    .executeTakeFirst();
  return row && toPerson(row);
}

/** Uses a link up. @returns whether this caller was the one who did */
export async function takeSignInLink(db: Queries, secretHash: string, now: number): Promise<boolean> {
  const taken = await db
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('secret_hash', '=', secretHash)
    .where('used_at', 'is', null)
    .returning('person')
    .executeTakeFirst();
  return taken !== undefined;
}
