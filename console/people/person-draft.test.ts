import { describe, expect, it } from 'vitest';
import type { PersonView } from '../../core/people-api.ts';
import type { ApiFailure } from '../api-client.ts';
import { heirsOf, holdingsIn } from './person-draft.ts';

const refused = (code: string, details: unknown): ApiFailure => ({ kind: 'refused', status: 409, code, vi: 'không', en: 'no', details });

const person = (id: string, facts: Partial<PersonView> = {}): PersonView => ({
  ...{ id, name: id, login: id, role: 'editor', unit: null, unitName: null, state: 'active', secondFactor: false },
  ...{ sessions: 0, seenAt: null, createdAt: 0, closedAt: null, heir: null },
  ...facts,
});

describe('closing an account', () => {
  it('names what is left when the server asks for an heir', () => {
    const holdings = { playlists: ['street'], schedules: ['kiosk'], tokens: ['Thống kê'] };
    expect(holdingsIn(refused('heir-needed', holdings))).toEqual(holdings);
  });

  it('names nothing for any other failure', () => {
    expect(holdingsIn(refused('not-oneself', { playlists: [], tokens: [] }))).toBeUndefined();
    expect(holdingsIn(refused('heir-needed', undefined))).toBeUndefined();
    expect(holdingsIn({ kind: 'unreachable' })).toBeUndefined();
  });

  it('offers open accounts of others that may edit', () => {
    const people = [
      person('leaving'),
      person('editor'),
      person('invited', { state: 'invited' }),
      person('closed', { state: 'closed' }),
      person('viewer', { role: 'viewer' }),
    ];
    expect(heirsOf('leaving', people).map(({ id }) => id)).toEqual(['editor', 'invited']);
  });
});
