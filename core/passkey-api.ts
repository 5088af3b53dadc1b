// The staff API's contract for passkeys: what a browser is asked, what it answers, and the list of those that a person has.
import { z } from 'zod';
import { base64urlSchema, instantSchema } from './primitives.ts';

const bytes = (most: number) => base64urlSchema.min(1).max(most);
const transportsSchema = z.array(z.string().max(20)).max(10);

const knownSchema = z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) });

/** What a browser needs to make a passkey, as in WebAuthn's PublicKeyCredentialCreationOptionsJSON. */
export const registrationOptionsSchema = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(knownSchema),
  authenticatorSelection: z.object({ residentKey: z.literal('preferred'), requireResidentKey: z.boolean(), userVerification: z.literal('required') }),
  attestation: z.literal('none'),
});
export type RegistrationOptions = z.infer<typeof registrationOptionsSchema>;

/** What a browser needs to ask for one, as in PublicKeyCredentialRequestOptionsJSON. */
export const assertionOptionsSchema = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
  allowCredentials: z.array(knownSchema),
});
export type AssertionOptions = z.infer<typeof assertionOptionsSchema>;

/** A new passkey as its browser answers it. */
export const registrationSchema = z.strictObject({
  id: bytes(1_400),
  clientDataJSON: bytes(4_000),
  attestationObject: bytes(20_000),
  transports: transportsSchema.default([]),
});
export type Registration = z.infer<typeof registrationSchema>;

/** A passkey's signature over a challenge. */
export const assertionSchema = z.strictObject({ id: bytes(1_400), clientDataJSON: bytes(4_000), authenticatorData: bytes(2_000), signature: bytes(1_400) });
export type Assertion = z.infer<typeof assertionSchema>;

/** Name by which a person tells one passkey from another. */
const nameSchema = z.string().trim().normalize('NFC').min(1).max(60);

export const addPasskeySchema = z.strictObject({ name: nameSchema, registration: registrationSchema });

export const passkeyViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Host for which it was made: nowhere else does it work. */
  host: z.string(),
  createdAt: instantSchema,
  usedAt: instantSchema.nullable(),
});
export type PasskeyView = z.infer<typeof passkeyViewSchema>;

export const passkeyListSchema = z.object({
  passkeys: z.array(passkeyViewSchema),
  /** Host for which passkeys are made here; null where they cannot be, because the console was opened at an address or by plain HTTP. */
  host: z.string().nullable(),
  /** Where the console has to be opened for passkeys. */
  openAt: z.url().nullable(),
});
export type PasskeyList = z.infer<typeof passkeyListSchema>;

/** Details of `code-needed`, `code-wrong` and `passkey-wrong`: by which ways whoever signs in may go on. */
export const secondStepSchema = z.object({
  /** Whether a telephone has the secret of codes. */
  code: z.boolean(),
  /** What the browser asks a passkey; null where there is none for this host. */
  passkey: assertionOptionsSchema.nullable(),
});
export type SecondStep = z.infer<typeof secondStepSchema>;

export const passkeyPaths = {
  passkeys: '/api/account/passkeys',
  /** What a browser needs to make one. */
  offer: '/api/account/passkeys/offer',
  /** What a browser needs to ask for one, to prove again who sits here. */
  challenge: '/api/account/passkeys/challenge',
  remove: (id: string) => `/api/account/passkeys/${id}/remove`,
} as const;
