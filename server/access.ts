// Who may call a route, and where. Every route declares both in its config; the server does not start when one does not.
import type { FastifyRequest, RouteOptions } from 'fastify';
import { roles, type Role } from '../core/roles.ts';
import type { TokenScope } from '../core/token-api.ts';
import type { ErrorCode } from '../core/errors.ts';
import { ApiFailure } from './api-failure.ts';

/**
 * What a unit to which a caller's duty is limited means for a route. `anywhere`: nothing, such as for reading or for one's own account; `own-unit`: the route
 * refuses what lies outside it; `city`: it is for callers of the whole city only.
 */
export const reaches = ['anywhere', 'own-unit', 'city'] as const;
export type Reach = (typeof reaches)[number];

/**
 * `public`: anybody. `player`: anybody who sends a document signed by a screen's key, which the route checks.
 * A role: staff with at least it, signed in by cookie; with a scope, also whoever holds an API token of that scope.
 */
export type Access = 'public' | 'player' | StaffAccess;
export interface StaffAccess {
  readonly role: Role;
  readonly scope?: TokenScope;
  /** Has to be said of every route that changes something; one that only reads is for staff of any unit when it says nothing. */
  readonly within?: Reach;
}

/** Who called: a person by session, or a program by API token. */
export interface Caller {
  readonly kind: 'person' | 'token';
  readonly id: string;
  readonly name: string;
  /** Of a person: what may be done now. */
  readonly role?: Role;
  /** Of a person whose role counts as an editor's until the second factor is set up: the role. */
  readonly heldBack?: Role;
  /** Of a person who may approve now because somebody else is away: who that is. */
  readonly deputyOf?: { readonly id: string; readonly name: string };
  /** Of a caller whose duty ends at a unit and what lies below it; absent for the whole city. */
  readonly unit?: string;
  /** Of a token. */
  readonly scopes?: readonly TokenScope[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isAtLeast = (role: Role | undefined, least: Role) => role !== undefined && roles.indexOf(role) >= roles.indexOf(least);

/** Why a caller may not call a route; undefined when nothing stands in the way. */
export function refusalOf(access: Access, caller: Caller): ErrorCode | undefined {
  if (typeof access === 'string') return undefined;
  const { role, scope, within } = access;
  if (caller.kind === 'token' ? scope === undefined || !caller.scopes?.includes(scope) : !isAtLeast(caller.role, role))
    return isAtLeast(caller.heldBack, role) ? 'second-factor-needed' : 'not-allowed';
  return within === 'city' && caller.unit !== undefined ? 'outside-own-unit' : undefined;
}

/** Throws at start when a route does not say who may call it, or one that changes something does not say where. */
export function requireAccess({ method, url, config }: RouteOptions): void {
  const route = `route ${String(method)} ${url}`;
  const access = config?.access;
  if (access === undefined) throw new Error(`${route} does not declare who may call it`);
  const changes = [method].flat().some((each) => !reading.has(each));
  if (typeof access !== 'string' && access.within === undefined && changes) throw new Error(`${route} does not declare within which units it works`);
}

/** What books say of a deputy who acts by the right of somebody else. */
export function inPlaceOf(caller: Caller): Caller {
  return caller.deputyOf ? { ...caller, name: `${caller.name} (thay ${caller.deputyOf.name})` } : caller;
}

/** The caller of a route that is not public. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new ApiFailure('not-signed-in');
  return caller;
}
