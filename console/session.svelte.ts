// Who is signed in, as far as this page knows.
import type { Me, SignIn } from '../core/people-api.ts';
import type { Api, ApiFailure } from './api-client.ts';

export type SessionState =
  { readonly kind: 'checking' } | { readonly kind: 'out'; readonly reason: 'fresh' | 'ended' | ApiFailure } | { readonly kind: 'in'; readonly me: Me };

export interface Session {
  readonly state: SessionState;
  /** Asks the server whether the browser's session still holds. */
  check(): Promise<void>;
  /** By a link's token, which works once, or by name and password. Whether it did. */
  signIn(by: SignIn): Promise<boolean>;
  /** What the server has just answered of the person. */
  learn(me: Me): void;
  signOut(): Promise<void>;
  /** The server answered that nobody is signed in. */
  ended(): void;
}

export function createSession(api: () => Pick<Api, 'me' | 'signIn' | 'signOut'>): Session {
  let state = $state.raw<SessionState>({ kind: 'checking' });
  return {
    get state() {
      return state;
    },
    async check() {
      const answer = await api().me();
      if (answer.ok) state = { kind: 'in', me: answer.value };
      else state = { kind: 'out', reason: answer.failure.kind === 'refused' && answer.failure.status === 401 ? 'fresh' : answer.failure };
    },
    async signIn(by) {
      state = { kind: 'checking' };
      const answer = await api().signIn(by);
      state = answer.ok ? { kind: 'in', me: answer.value } : { kind: 'out', reason: answer.failure };
      return answer.ok;
    },
    async signOut() {
      await api().signOut();
      state = { kind: 'out', reason: 'fresh' };
    },
    learn(me) {
      if (state.kind === 'in') state = { kind: 'in', me };
    },
    ended() {
      if (state.kind === 'in') state = { kind: 'out', reason: 'ended' };
    },
  };
}
