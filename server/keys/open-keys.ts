// Brings private keys and root document together: root 1 at the first start, the next number when the content key's end comes near.
import type { KeyObject } from 'node:crypto';
import type { Approvers } from '../../core/approvers.ts';
import { openFirstRoot, rootDocumentSchema, signersFor, type RootDocument } from '../../core/root-document.ts';
import { openEnvelope } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { assertions } from './assertions.ts';
import { keyId, rawPublicKey, verify } from './ed25519.ts';
import type { PrivateKeys } from './key-files.ts';
import { signDocument, type Keys } from './keys.ts';
import { addRoot, latestRoot } from './root-store.ts';

const dayMs = 24 * 60 * 60_000;
const contentKeyDays = 3 * 365;
/** Renewed this long before its end, so that a player which was away for months meets the new root in time. */
const renewDays = 365;

type WithRootKey = PrivateKeys & { readonly root: KeyObject };
const hasRootKey = (keys: PrivateKeys): keys is WithRootKey => keys.root !== undefined;

function rootDocument(keys: WithRootKey, number: number, serverName: string, approvers: Approvers | undefined, now: number): RootDocument {
  const root = rawPublicKey(keys.root);
  const content = rawPublicKey(keys.content);
  const until = now + contentKeyDays * dayMs;
  return {
    number,
    serverName,
    issuedAt: now,
    keys: { [keyId(root)]: root, [keyId(content)]: content },
    roles: {
      root: { keys: [keyId(root)], threshold: 1 },
      content: { keys: [keyId(content)], thresholds: { traffic: 1, public: 1, indoor: 1 }, until, ...(approvers ? { approvers } : {}) },
      state: { keys: [keyId(content)], threshold: 1, until },
    },
  };
}

const contentRoles = ({ roles }: RootDocument, keys: PrivateKeys) => {
  const content = keyId(rawPublicKey(keys.content));
  return [roles.content, roles.state].map((role) => (role.keys.includes(content) ? role.until : 0));
};
const isGood = (document: RootDocument, keys: PrivateKeys, now: number) => contentRoles(document, keys).every((until) => until - now > renewDays * dayMs);

/** The next root document, in which approvers are as they were unless others are given. */
export async function issueRoot(
  db: Queries,
  keys: WithRootKey,
  number: number,
  serverName: string,
  approvers: Approvers | undefined,
  now: number,
): Promise<Keys['root']> {
  const document = rootDocument(keys, number, serverName, approvers, now);
  const signed = signDocument('root', document, keys.root);
  await addRoot(db, signed, number, now);
  return { ...signed, document };
}

/** The latest root document, as its own root keys have signed it. @throws when the root key at hand is another: players would refuse everything */
export async function openRoot(db: Queries, root: KeyObject | undefined): Promise<Keys['root'] | undefined> {
  const latest = await latestRoot(db);
  if (!latest) return undefined;
  const rootKey = root && rawPublicKey(root);
  const opened =
    rootKey === undefined
      ? openFirstRoot(latest.envelope, verify)
      : openEnvelope(latest.envelope, 'root', rootDocumentSchema, { keys: { [keyId(rootKey)]: rootKey }, threshold: 1 }, verify);
  if (!opened.ok) throw new Error(`the root document was not signed by the root key: ${opened.detail}`);
  return { ...latest, document: opened.document };
}

/** @throws when players would refuse what this server signs, and no root key is at hand to say otherwise */
export async function openKeys(db: Queries, keys: PrivateKeys, serverName: string, now: number): Promise<Keys> {
  const latest = await openRoot(db, keys.root);
  if (!latest) {
    if (!hasRootKey(keys)) throw new Error('there is no root document, and no root key to sign one');
    return withSigning(await issueRoot(db, keys, 1, serverName, undefined, now), keys);
  }
  const { number, roles } = latest.document;
  if (isGood(latest.document, keys, now)) return withSigning(latest, keys);
  if (hasRootKey(keys)) return withSigning(await issueRoot(db, keys, number + 1, serverName, roles.content.approvers, now), keys);
  if (contentRoles(latest.document, keys).some((until) => until <= now))
    throw new Error('keys/content.pem is not in the root document, or has ended, and the root key is not on this server: run `main.js sign-root` with it');
  return withSigning(latest, keys);
}

function withSigning(first: Keys['root'], keys: PrivateKeys): Keys {
  let root = first;
  return {
    get root() {
      return root;
    },
    async issueRootAbove(db, floor, now) {
      const { number, serverName, roles } = root.document;
      // Without its root key a server that came back from an old backup waits for somebody to sign.
      if (number <= floor && hasRootKey(keys)) root = await issueRoot(db, keys, floor + 1, serverName, roles.content.approvers, now);
    },
    sign: (purpose, document) => signDocument(purpose, document, keys.content),
    open: (raw, purpose, schema) => openEnvelope(raw, purpose, schema, signersFor(root.document, purpose, 'indoor', assertions), verify),
  };
}
