// What an administrator types about a person, and what stands in the way of closing an account.
import { z } from 'zod';
import type { Role } from '../../core/roles.ts';
import type { PersonView } from '../../core/people-api.ts';
import type { ApiFailure } from '../api-client.ts';

export interface PersonDraft {
  name: string;
  role: Role;
  unit: string | null;
}

const holdingsSchema = z.object({ playlists: z.array(z.string()), schedules: z.array(z.string()), tokens: z.array(z.string()) });
export type Holdings = z.infer<typeof holdingsSchema>;

/** What the person still holds, when the server refused to close the account for that. */
export function holdingsIn(failure: ApiFailure): Holdings | undefined {
  if (failure.kind !== 'refused' || failure.code !== 'heir-needed') return undefined;
  return holdingsSchema.safeParse(failure.details).data;
}

/** Who can take over: open accounts of others that may edit. */
export function heirsOf(leaving: string, people: readonly PersonView[]): readonly PersonView[] {
  return people.filter(({ id, state, role }) => id !== leaving && state !== 'closed' && role !== 'viewer');
}
