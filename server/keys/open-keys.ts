// Brings private keys and root document together: root 1 at the first start, the next number when the content key's end comes near.
import { rootDocumentSchema, signersFor, type RootDocument } from '../../core/root-document.ts';
import { openEnvelope } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { keyId, rawPublicKey, verify } from './ed25519.ts';
import type { PrivateKeys } from './key-files.ts';
import { signDocument, type Keys } from './keys.ts';
import { addRoot, latestRoot } from './root-store.ts';

const dayMs = 24 * 60 * 60_000;
const contentKeyDays = 3 * 365;
/** Renewed this long before its end, so that a player which was away for months meets the new root in time. */
const renewDays = 365;

function rootDocument(keys: PrivateKeys, number: number, serverName: string, now: number): RootDocument {
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
      content: { keys: [keyId(content)], thresholds: { traffic: 1, public: 1, indoor: 1 }, until },
      state: { keys: [keyId(content)], threshold: 1, until },
    },
  };
}

function isGood({ roles }: RootDocument, keys: PrivateKeys, now: number): boolean {
  const content = keyId(rawPublicKey(keys.content));
  return [roles.content, roles.state].every((role) => role.keys.includes(content) && role.until - now > renewDays * dayMs);
}

async function issueRoot(db: Queries, keys: PrivateKeys, number: number, serverName: string, now: number): Promise<Keys['root']> {
  const document = rootDocument(keys, number, serverName, now);
  const signed = signDocument('root', document, keys.root);
  await addRoot(db, signed, number, now);
  return { ...signed, document };
}

/** @throws when the root document in the database was not signed by the root key on disk: players would refuse everything */
export async function openKeys(db: Queries, keys: PrivateKeys, serverName: string, now: number): Promise<Keys> {
  const latest = await latestRoot(db);
  if (!latest) return withSigning(await issueRoot(db, keys, 1, serverName, now), keys);
  const rootKey = rawPublicKey(keys.root);
  const opened = openEnvelope(latest.envelope, 'root', rootDocumentSchema, { keys: { [keyId(rootKey)]: rootKey }, threshold: 1 }, verify);
  if (!opened.ok) throw new Error(`the root document was not signed by keys/root.pem: ${opened.detail}`);
  if (isGood(opened.document, keys, now)) return withSigning({ ...latest, document: opened.document }, keys);
  return withSigning(await issueRoot(db, keys, opened.document.number + 1, serverName, now), keys);
}

function withSigning(first: Keys['root'], keys: PrivateKeys): Keys {
  let root = first;
  return {
    get root() {
      return root;
    },
    async issueRootAbove(db, floor, now) {
      if (root.document.number <= floor) root = await issueRoot(db, keys, floor + 1, root.document.serverName, now);
    },
    sign: (purpose, document) => signDocument(purpose, document, keys.content),
    open: (raw, purpose, schema) => openEnvelope(raw, purpose, schema, signersFor(root.document, purpose, 'indoor'), verify),
  };
}
