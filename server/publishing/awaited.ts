// What waits for approvers' passkeys, whichever it is: a manifest of a channel, or an alert in free words. What is signed, how many have to, and what happens then.
import { approversNeeded } from '../../core/root-document.ts';
import type { AwaitedView } from '../../core/signature-api.ts';
import { envelopeSchema, type ApprovalSignature, type Envelope, type Purpose } from '../../core/signed.ts';
import type { Caller } from '../access.ts';
import { setChannelManifest } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { approvalsNeeded } from '../manifests/approvals-needed.ts';
import { findAwaited, listAwaited, putAwaited, type Awaited } from '../manifests/awaited-store.ts';
import { addApprovalSignature } from '../manifests/manifest-store.ts';
import { peopleToSign, screensOf, signaturesFor } from '../orders/aim.ts';
import { orderDesk } from '../orders/order-desk.ts';
import { addAlertSignature, alertHeadlines, awaitedAlerts, type AwaitedAlert } from '../orders/order-store.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { screensOfChannels } from '../screens/screen-store.ts';

type Own<T> = T extends unknown ? Omit<T, 'needed' | 'signed' | 'may'> : never;

/** Something that waits, and what a signature does to it. */
export interface Signable {
  readonly purpose: Purpose;
  readonly sha256: string;
  readonly envelope: Envelope;
  /** Who asked for it and cannot be the only one to sign; nobody where others have agreed before. */
  readonly asker?: string;
  /** For the audit log. */
  readonly log: { readonly what: string; readonly subject: string; readonly facts: object };
  needed(db: Queries): Promise<number>;
  view(db: Queries): Promise<Own<AwaitedView>>;
  add(trx: Queries, approval: ApprovalSignature): Promise<Signable>;
  /** Once enough people have signed. @returns what tells players and consoles, once the transaction is through */
  enter(trx: Queries, caller: Caller): Promise<() => void>;
}

export interface AwaitedDocuments {
  list(db: Queries): Promise<Signable[]>;
  find(db: Queries, sha256: string): Promise<Signable | undefined>;
}

export function awaitedDocuments(context: ServerContext): AwaitedDocuments {
  const { keys, now, players, console: tellConsoles } = context;
  const desk = orderDesk(context);

  const manifest = (awaited: Awaited): Signable => {
    const { channel, channelName, playlist, sha256, version, revision, issuedAt, author } = awaited;
    return {
      ...{ purpose: 'manifest', sha256, envelope: envelopeSchema.parse(JSON.parse(awaited.envelope)) },
      log: { what: 'manifest.sign', subject: channel, facts: { sha256, version } },
      needed: (db) => approvalsNeeded(db, keys.root.document, channel),
      async view(db) {
        const screens = await screensOfChannels(db, [channel]);
        return {
          ...{ kind: 'manifest', channel: { id: channel, name: channelName }, revision, version, sha256, issuedAt, author },
          playlist: { id: playlist, name: (await findPlaylist(db, playlist))?.name ?? playlist },
          screens: screens.filter(({ profile }) => approversNeeded(keys.root.document, profile.audience) > 0).map(({ name }) => name),
        };
      },
      async add(trx, approval) {
        return manifest({ ...awaited, envelope: JSON.stringify(await addApprovalSignature(trx, sha256, approval)) });
      },
      async enter(trx) {
        await putAwaited(trx, channel, null);
        await setChannelManifest(trx, channel, sha256);
        return () => {
          players.stateChanged([channel]);
          tellConsoles('screens');
        };
      },
    };
  };

  const alert = (awaited: AwaitedAlert): Signable => {
    const { sha256, envelope, document } = awaited.signed;
    const { number, issuedAt, drill, priority, event, headline, instruction = null, area, speaker, expiresAt, target } = document;
    const ended = document.ends.map((order) => order.number);
    return {
      ...{ purpose: 'order', sha256, envelope, asker: awaited.person },
      log: { what: 'order.sign', subject: String(number), facts: { sha256, number } },
      needed: async (db) => peopleToSign(keys.root.document, await screensOf(db, target)),
      async view(db) {
        const words = { event, headline, instruction, area, speaker, ends: await alertHeadlines(db, ended) };
        const { screens } = signaturesFor(keys.root.document, await screensOf(db, target));
        return { kind: 'alert', number, sha256, issuedAt, author: awaited.author, drill, priority, ...words, expiresAt, screens };
      },
      add: async (trx, approval) => alert({ ...awaited, signed: await addAlertSignature(trx, awaited, approval) }),
      enter: (trx, caller) => desk.sendSigned(trx, caller, awaited),
    };
  };

  return {
    // What warns of a danger comes first.
    list: async (db) => [...(await awaitedAlerts(db, now())).map(alert), ...(await listAwaited(db)).map(manifest)],
    async find(db, wanted) {
      const content = await findAwaited(db, wanted);
      if (content) return manifest(content);
      const waiting = (await awaitedAlerts(db, now())).find(({ signed }) => signed.sha256 === wanted);
      return waiting && alert(waiting);
    },
  };
}
