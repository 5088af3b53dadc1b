// The staff API's contract about people: accounts, invitations, second factor, sessions.
import { z } from 'zod';
import { roles } from './roles.ts';
import { assertionSchema } from './passkey-api.ts';
import { instantSchema } from './primitives.ts';

/** Shorter ones can be guessed, longer ones only keep the server busy. */
export const passwordLength = { min: 10, max: 200 } as const;

/** Name with which a person signs in. */
export const loginSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{2,39}$/);
const secretSchema = z.string().min(1).max(passwordLength.max);
/** Six digits of the telephone, or a recovery code. */
const codeSchema = z.string().trim().min(6).max(24);

/**
 * Whether a person has set up a second factor; without one: `needed` to use what the role allows, `later` while there are trial screens only, `optional` for
 * roles that do not need any.
 */
export const secondFactorStates = ['on', 'needed', 'later', 'optional'] as const;
export type SecondFactorState = (typeof secondFactorStates)[number];

export const meSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  role: z.literal(roles),
  /** Unit to which the person's duty is limited. */
  unit: z.string().nullable(),
  trial: z.boolean(),
  server: z.string(),
  hasPassword: z.boolean(),
  secondFactor: z.literal(secondFactorStates),
  /** By which it is given: codes of a telephone, and so many passkeys. */
  factors: z.object({ code: z.boolean(), passkeys: z.int() }),
  /** Name of whoever is away and has named this person as deputy; null when nobody has. */
  deputyOf: z.string().nullable(),
});
export type Me = z.infer<typeof meSchema>;

/** The second factor of whoever signs in: a code, or what a passkey signed. */
const secondFactor = { code: codeSchema.optional(), passkey: assertionSchema.optional() };

/** Body of POST session: the token of a one-time link, or name and password; with the second factor where the answer asked for it. */
export const signInSchema = z.union([
  z.strictObject({ token: z.string().trim().min(1).max(200), ...secondFactor }),
  z.strictObject({ login: z.string().trim().toLowerCase().min(1).max(80), password: secretSchema, ...secondFactor }),
]);
export type SignIn = z.infer<typeof signInSchema>;

/** `current` may be left out by whoever has just come by a one-time link. */
export const newPasswordSchema = z.strictObject({ current: secretSchema.optional(), next: z.string().min(passwordLength.min).max(passwordLength.max) });

/** What the telephone has to know: the secret in base 32, and the same as an address for its camera. */
export const secondFactorOfferSchema = z.object({ secret: z.string(), uri: z.string() });
export type SecondFactorOffer = z.infer<typeof secondFactorOfferSchema>;
export const codeBodySchema = z.strictObject({ code: codeSchema });
/** Whoever sits here proves it again: a session that was left open is not enough. */
export const proofSchema = z.union([codeBodySchema, z.strictObject({ passkey: assertionSchema })]);
export type Proof = z.infer<typeof proofSchema>;
/** Whoever has no second factor yet has nothing to prove it by. */
export const maybeProofSchema = z.strictObject({ proof: proofSchema.optional() });
/** Shown once. Each signs in once in place of a code or passkey. */
export const recoveryCodesSchema = z.object({ codes: z.array(z.string()).min(1) });
/** Recovery codes come with the first second factor; with a further one the earlier codes hold. */
export const factorAddedSchema = z.object({ codes: z.array(z.string()) });

export const sessionViewSchema = z.object({
  id: z.uuid(),
  startedAt: instantSchema,
  seenAt: instantSchema,
  /** Where it was seen from last. */
  address: z.string(),
  /** What the browser says it is. */
  agent: z.string(),
  via: z.literal(['link', 'password']),
  /** The one that asks. */
  own: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const personStates = ['invited', 'active', 'closed'] as const;
export const personViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  role: z.literal(roles),
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  state: z.literal(personStates),
  secondFactor: z.boolean(),
  sessions: z.int(),
  seenAt: instantSchema.nullable(),
  createdAt: instantSchema,
  closedAt: instantSchema.nullable(),
  /** Name of whoever took over the drafts. */
  heir: z.string().nullable(),
});
export type PersonView = z.infer<typeof personViewSchema>;

const personFacts = { name: z.string().trim().normalize('NFC').min(1).max(120), role: z.literal(roles), unit: z.string().max(40).nullable() };
export const newPersonSchema = z.strictObject({ ...personFacts, login: loginSchema });
export const changePersonSchema = z.strictObject(personFacts);
/** A link that signs its person in once; shown once. */
export const personLinkSchema = z.object({ link: z.string(), expiresAt: instantSchema });
export const invitedSchema = personLinkSchema.extend({ person: personViewSchema });
/** The person who takes over drafts, submissions and API tokens; null when there are none. */
export const closePersonSchema = z.strictObject({ heir: z.uuid().nullable() });

export const unitChoiceSchema = z.object({ code: z.string(), name: z.string(), parent: z.string().nullable() });
export type UnitChoice = z.infer<typeof unitChoiceSchema>;

export const peoplePaths = {
  session: '/api/session',
  password: '/api/account/password',
  secondFactor: '/api/account/second-factor',
  secondFactorOff: '/api/account/second-factor/off',
  recoveryCodes: '/api/account/recovery-codes',
  ownSessions: '/api/account/sessions',
  ownSession: (id: string) => `/api/account/sessions/${id}`,
  people: '/api/people',
  units: '/api/people/units',
  person: (id: string) => `/api/people/${id}`,
  link: (id: string) => `/api/people/${id}/link`,
  close: (id: string) => `/api/people/${id}/close`,
  personSecondFactor: (id: string) => `/api/people/${id}/second-factor`,
  sessions: (id: string) => `/api/people/${id}/sessions`,
} as const;
