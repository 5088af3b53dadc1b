// Who may call a route. Every route declares it in its config; the server does not start when one does not.
import type { FastifyRequest, RouteOptions } from 'fastify';
import { roles, type Role, type TokenScope } from '../core/api.ts';
import { ApiFailure } from './api-failure.ts';

/**
 * `public`: anybody. `player`: anybody who sends a document signed by a screen's key, which the route checks.
 * A role: staff with at least it, signed in by cookie; with a scope, also whoever holds an API token of that scope.
 */
export type Access = 'public' | 'player' | { readonly role: Role; readonly scope?: TokenScope };

/** Who called: a person by session, or a program by API token. */
export interface Caller {
  readonly kind: 'person' | 'token';
  readonly id: string;
  readonly name: string;
  /** Of a person. */
  readonly role?: Role;
  /** Of a person whose duty ends at a unit and what lies below it; absent for the whole city. */
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

export function mayCall(access: Access, caller: Caller): boolean {
  if (typeof access === 'string') return true;
  if (caller.kind === 'token') return access.scope !== undefined && (caller.scopes?.includes(access.scope) ?? false);
  return caller.role !== undefined && roles.indexOf(caller.role) >= roles.indexOf(access.role);
}

/** Throws at start when a route does not say who may call it. */
export function requireAccess({ method, url, config }: RouteOptions): void {
  if (config?.access === undefined) throw new Error(`route ${String(method)} ${url} does not declare who may call it`);
}

/** The caller of a route that is not public. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new ApiFailure('not-signed-in');
  return caller;
}
