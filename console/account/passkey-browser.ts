// Passkeys in this browser: makes one, or has one sign a challenge. What the person cancels is a value.
import { browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import type { Assertion, AssertionOptions, Registration, RegistrationOptions } from '../../core/passkey-api.ts';

/** `stopped`: cancelled, out of time, or no such passkey here; `have`: it is registered already. */
export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: 'unsupported' | 'stopped' | 'have' };

async function ask<T>(work: () => Promise<T>): Promise<Answered<T>> {
  if (!browserSupportsWebAuthn()) return { ok: false, reason: 'unsupported' };
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, reason: error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? 'have' : 'stopped' };
  }
}

type Known = AssertionOptions['allowCredentials'][number];
const known = ({ transports, ...credential }: Known) => ({ ...credential, transports: transports as AuthenticatorTransport[] });

export function makePasskey(options: RegistrationOptions): Promise<Answered<Registration>> {
  return ask(async () => {
    const { id, response } = await startRegistration({ optionsJSON: { ...options, excludeCredentials: options.excludeCredentials.map(known) } });
    const { clientDataJSON, attestationObject, transports = [] } = response;
    return { id, clientDataJSON, attestationObject, transports };
  });
}

export function signWithPasskey(options: AssertionOptions): Promise<Answered<Assertion>> {
  return ask(async () => {
    const { id, response } = await startAuthentication({ optionsJSON: { ...options, allowCredentials: options.allowCredentials.map(known) } });
    const { clientDataJSON, authenticatorData, signature } = response;
    return { id, clientDataJSON, authenticatorData, signature };
  });
}
