// Content that waits for approvers' passkeys: what waits, what a passkey is asked to sign, and the signature, by which it comes into force once there are enough.
import { z } from 'zod';
import { approvalChallenge, approvalsThatHold, peopleWhoApproved } from '../../core/approvers.ts';
import { assertionOptionsSchema } from '../../core/passkey-api.ts';
import { sha256Schema } from '../../core/primitives.ts';
import { approversNeeded } from '../../core/root-document.ts';
import { awaitedViewSchema, signaturePaths, signSchema, type AwaitedView } from '../../core/signature-api.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { callerOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { setChannelManifest } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { assertions } from '../keys/assertions.ts';
import { approverKeyId, spkiOfCose } from '../keys/cose-key.ts';
import { approvalsNeeded } from '../manifests/approvals-needed.ts';
import { findAwaited, listAwaited, putAwaited, type Awaited } from '../manifests/awaited-store.ts';
import { addApprovalSignature } from '../manifests/manifest-store.ts';
import { challengeMs, passkeysOf, type Passkey } from '../people/passkey-store.ts';
import { listPeople } from '../people/person-store.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { screensOfChannels } from '../screens/screen-store.ts';

const params = z.object({ sha256: sha256Schema });
const tags = ['publishing'];
const approver = { access: { role: 'approver', within: 'city' } } as const;

interface SigningKey {
  readonly id: string;
  readonly passkey: Passkey;
}

export const signatureRoutes: Routes = (app, context) => {
  const { db, keys, audit, players, console: tellConsoles } = context;
  const listed = () => keys.root.document.roles.content.approvers?.keys ?? {};
  const read = ({ envelope }: Awaited) => envelopeSchema.parse(JSON.parse(envelope));

  /** Those passkeys of a person that the root document names. */
  const keysOf = async (queries: Queries, person: string): Promise<SigningKey[]> =>
    (await passkeysOf(queries, person))
      .map((passkey) => ({ id: approverKeyId(spkiOfCose(passkey.public_key)), passkey }))
      .filter(({ id }) => Object.hasOwn(listed(), id) && listed()[id]?.person === person);

  const views = async (caller: Caller): Promise<AwaitedView[]> => {
    const names = new Map((await listPeople(db)).map(({ id, name }) => [id, name]));
    const mayEver = isAtLeast(caller.role, 'approver') && caller.unit === undefined && (await keysOf(db, caller.id)).length > 0;
    const all: AwaitedView[] = [];
    for (const each of await listAwaited(db)) {
      const people = new Set(approvalsThatHold(read(each), 'manifest', listed(), assertions).map(({ person }) => person));
      const screens = await screensOfChannels(db, [each.channel]);
      all.push({
        channel: { id: each.channel, name: each.channelName },
        playlist: { id: each.playlist, name: (await findPlaylist(db, each.playlist))?.name ?? each.playlist },
        ...{ revision: each.revision, version: each.version, sha256: each.sha256, issuedAt: each.issuedAt, author: each.author },
        screens: screens.filter(({ profile }) => approversNeeded(keys.root.document, profile.audience) > 0).map(({ name }) => name),
        needed: await approvalsNeeded(db, keys.root.document, each.channel),
        signed: [...people].map((person) => names.get(person) ?? person),
        may: mayEver && !people.has(caller.id),
      });
    }
    return all;
  };

  app.get(
    signaturePaths.list,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Published content that waits for approvers to sign it by passkey', tags, response: { 200: z.array(awaitedViewSchema) } },
    },
    (request) => views(callerOf(request)),
  );

  app.post(
    signaturePaths.offer(':sha256'),
    {
      config: approver,
      schema: {
        summary: 'What the browser asks a passkey: the challenge is the hash of the manifest as the content key signs it',
        tags,
        params,
        response: { 200: assertionOptionsSchema },
      },
    },
    async (request) => {
      const awaited = await findAwaited(db, request.params.sha256);
      if (!awaited) throw new ApiFailure('signature-over');
      const own = await keysOf(db, callerOf(request).id);
      const [first] = own;
      if (!first) throw new ApiFailure('signature-not-listed');
      const host = first.passkey.rp_id;
      const challenge = approvalChallenge('manifest', read(awaited).payload, assertions);
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
        summary: 'Sign content by passkey; with enough signatures it comes into force',
        tags,
        params,
        body: signSchema,
        response: { 200: z.array(awaitedViewSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, authenticatorData, clientDataJSON, signature } = request.body.assertion;
      const inForce = await transact(db, async (trx) => {
        const awaited = await findAwaited(trx, request.params.sha256);
        if (!awaited) throw new ApiFailure('signature-over');
        const key = (await keysOf(trx, caller.id)).find(({ passkey }) => passkey.id === id);
        if (!key) throw new ApiFailure('signature-not-listed');
        const before = read(awaited);
        const signed = approvalsThatHold(before, 'manifest', listed(), assertions);
        // Pressed twice: it is signed already.
        if (signed.some(({ person }) => person === caller.id)) return undefined;
        const approval = { key: key.id, authenticatorData, clientDataJSON, signature };
        if (approvalsThatHold({ ...before, approvals: [approval] }, 'manifest', listed(), assertions).length === 0) throw new ApiFailure('passkey-refused');
        const envelope = await addApprovalSignature(trx, awaited.sha256, approval);
        const needed = await approvalsNeeded(trx, keys.root.document, awaited.channel);
        const people = peopleWhoApproved(envelope, 'manifest', listed(), assertions);
        const facts = { sha256: awaited.sha256, version: awaited.version, people, needed };
        await audit({ who: caller.name, what: 'manifest.sign', subject: awaited.channel, after: { ...facts, key: key.id } }, trx);
        if (people < needed) return undefined;
        await putAwaited(trx, awaited.channel, null);
        await setChannelManifest(trx, awaited.channel, awaited.sha256);
        return awaited.channel;
      });
      if (inForce !== undefined) players.stateChanged([inForce]);
      tellConsoles('playlists');
      tellConsoles('screens');
      return views(caller);
    },
  );
};
