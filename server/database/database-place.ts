// Where the server's database is: in PostgreSQL where DATABASE_URL names one, otherwise in a file of the data folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type DatabasePlace = { readonly ok: true; readonly place: string } | { readonly ok: false; readonly reason: string };

export function isPostgresUrl(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place) && URL.canParse(place);
}

/** Names a place in words that may stand in a log: without the password of a URL. */
export function namePlace(place: string): string {
  if (!isPostgresUrl(place)) return place;
  const { host, pathname } = new URL(place);
  return `PostgreSQL ${host}${pathname}`;
}

/** @param url value of DATABASE_URL */
export function databasePlace(data: string, url: string | undefined): DatabasePlace {
  if (url === undefined || url === '') return { ok: true, place: join(data, 'server.sqlite') };
  if (isPostgresUrl(url)) return { ok: true, place: url };
  const example = 'postgres://user:password@host/database';
  return { ok: false, reason: `DATABASE_URL phải có dạng ${example} · DATABASE_URL expects ${example}` };
}

/** The place of a database that a server has made. */
export function existingDatabase(data: string, url: string | undefined): DatabasePlace {
  const place = databasePlace(data, url);
  return place.ok && !isPostgresUrl(place.place) && !existsSync(place.place)
    ? { ok: false, reason: `không có ${place.place} · there is no ${place.place}` }
    : place;
}

/** Thrown where another server has the database already; its message is for people. */
export class DatabaseTaken extends Error {}
