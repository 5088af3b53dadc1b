// What waits for approvers' passkeys: what it is, what a passkey is asked to sign, and the signature, by which it comes into force once there are enough.
import { z } from 'zod';
import { approvalChallenge, approvalsThatHold, peopleWhoApproved } from '../../core/approvers.ts';
import { assertionOptionsSchema } from '../../core/passkey-api.ts';
import { sha256Schema } from '../../core/primitives.ts';
import { awaitedViewSchema, signaturePaths, signSchema, type AwaitedView } from '../../core/signature-api.ts';
import { callerOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { assertions } from '../keys/assertions.ts';
import { approverKeyId, spkiOfCose } from '../keys/cose-key.ts';
import { challengeMs, passkeysOf, type Passkey } from '../people/passkey-store.ts';
import { listPeople } from '../people/person-store.ts';
import { awaitedDocuments, type Signable } from './awaited.ts';

const params = z.object({ sha256: sha256Schema });
const tags = ['publishing'];
const approver = { access: { role: 'approver', within: 'city' } } as const;

interface SigningKey {
  readonly id: string;
  readonly passkey: Passkey;
}

export const signatureRoutes: Routes = (app, context) => {
  const { db, keys, audit, console: tellConsoles } = context;
  const awaited = awaitedDocuments(context);
  const listed = () => keys.root.document.roles.content.approvers?.keys ?? {};

  /** Those passkeys of a person that the root document names. */
  const keysOf = async (queries: Queries, person: string): Promise<SigningKey[]> =>
    (await passkeysOf(queries, person))
      .map((passkey) => ({ id: approverKeyId(spkiOfCose(passkey.public_key)), passkey }))
      .filter(({ id }) => Object.hasOwn(listed(), id) && listed()[id]?.person === person);

  const isAlone = ({ asker }: Signable, needed: number, caller: Caller) => needed === 1 && asker === caller.id;

  const views = async (caller: Caller): Promise<AwaitedView[]> => {
    const names = new Map((await listPeople(db)).map(({ id, name }) => [id, name]));
    const mayEver = isAtLeast(caller.role, 'approver') && caller.unit === undefined && (await keysOf(db, caller.id)).length > 0;
    const all: AwaitedView[] = [];
    for (const each of await awaited.list(db)) {
      const people = new Set(approvalsThatHold(each.envelope, each.purpose, listed(), assertions).map(({ person }) => person));
      const needed = await each.needed(db);
      all.push({
        ...(await each.view(db)),
        ...{ needed, signed: [...people].map((person) => names.get(person) ?? person) },
        may: mayEver && !people.has(caller.id) && !isAlone(each, needed, caller),
      });
    }
    return all;
  };

  app.get(
    signaturePaths.list,
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'Published content, and alerts in free words, that wait for approvers to sign them by passkey',
        tags,
        response: { 200: z.array(awaitedViewSchema) },
      },
    },
    (request) => views(callerOf(request)),
  );

  app.post(
    signaturePaths.offer(':sha256'),
    {
      config: approver,
      schema: {
        summary: 'What the browser asks a passkey: the challenge is the hash of the manifest or the alert as the server’s key signs it',
        tags,
        params,
        response: { 200: assertionOptionsSchema },
      },
    },
    async (request) => {
      const asked = await awaited.find(db, request.params.sha256);
      if (!asked) throw new ApiFailure('signature-over');
      const own = await keysOf(db, callerOf(request).id);
      const [first] = own;
      if (!first) throw new ApiFailure('signature-not-listed');
      const host = first.passkey.rp_id;
      const challenge = approvalChallenge(asked.purpose, asked.envelope.payload, assertions);
      return {
        ...{ challenge: Buffer.from(challenge).toString('base64url'), rpId: host, timeout: challengeMs, userVerification: 'required' as const },
        allowCredentials: own
          .filter(({ passkey }) => passkey.rp_id === host)
          .map(({ passkey }) => ({ type: 'public-key' as const, id: passkey.id, transports: z.array(z.string()).parse(JSON.parse(passkey.transports)) })),
      };
    },
  );

  app.post(
    signaturePaths.sign(':sha256'),
    {
      config: approver,
      schema: {
        summary: 'Sign content or an alert by passkey; with enough signatures it comes into force',
        tags,
        params,
        body: signSchema,
        response: { 200: z.array(awaitedViewSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, authenticatorData, clientDataJSON, signature } = request.body.assertion;
      const tell = await transact(db, async (trx) => {
        const asked = await awaited.find(trx, request.params.sha256);
        if (!asked) throw new ApiFailure('signature-over');
        const { purpose, envelope, log } = asked;
        const key = (await keysOf(trx, caller.id)).find(({ passkey }) => passkey.id === id);
        if (!key) throw new ApiFailure('signature-not-listed');
        const needed = await asked.needed(trx);
        if (isAlone(asked, needed, caller)) throw new ApiFailure('second-person-lifts');
        const signed = approvalsThatHold(envelope, purpose, listed(), assertions);
        // Pressed twice: it is signed already.
        if (signed.some(({ person }) => person === caller.id)) return undefined;
        const approval = { key: key.id, authenticatorData, clientDataJSON, signature };
        if (approvalsThatHold({ ...envelope, approvals: [approval] }, purpose, listed(), assertions).length === 0) throw new ApiFailure('passkey-refused');
        const after = await asked.add(trx, approval);
        const people = peopleWhoApproved(after.envelope, purpose, listed(), assertions);
        await audit({ who: caller.name, what: log.what, subject: log.subject, after: { ...log.facts, people, needed, key: key.id } }, trx);
        return people < needed ? undefined : after.enter(trx, caller);
      });
      tell?.();
      tellConsoles('playlists');
      tellConsoles('orders');
      return views(caller);
    },
  );
};
