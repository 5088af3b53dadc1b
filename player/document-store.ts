// Signed documents on disk, by the hash of their payload, exactly as they came.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { envelopeSchema, type Envelope } from '../core/signed.ts';
import { readIfThere, writeDurably } from './durable-file.ts';
import { sha256 } from './ed25519.ts';
import { faultText, type Log } from './log.ts';

export interface DocumentStore {
  /** A document whose hash still holds. */
  read(hash: string): Promise<Envelope | undefined>;
  /** @throws when the disk takes nothing */
  save(envelope: Envelope): Promise<void>;
  hashes(): Promise<string[]>;
  /** Removes the others; each is asked about at the moment when it would go. */
  keepOnly(isKept: (hash: string) => boolean): Promise<void>;
}

const ending = '.json';

export function openDocumentStore(folder: string, log: Log): DocumentStore {
  const pathOf = (hash: string) => join(folder, `${hash}${ending}`);
  const names = () => readdir(folder).catch(() => []);
  return {
    async read(hash) {
      try {
        const bytes = await readIfThere(pathOf(hash));
        if (!bytes) return undefined;
        const envelope = envelopeSchema.safeParse(JSON.parse(bytes.toString('utf8')));
        if (envelope.success && sha256(envelope.data.payload) === hash) return envelope.data;
      } catch (fault) {
        log.warn({ document: hash, fault: faultText(fault) }, 'a document cannot be read');
        return undefined;
      }
      log.warn({ document: hash }, 'a document on disk is damaged');
      return undefined;
    },
    async save(envelope) {
      await mkdir(folder, { recursive: true });
      await writeDurably(pathOf(sha256(envelope.payload)), JSON.stringify(envelope));
    },
    async hashes() {
      return (await names()).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    },
    async keepOnly(isKept) {
      for (const name of await names()) {
        // What is just being written stands beside its place under a longer name.
        const [hash = ''] = name.split('.');
        if (!isKept(hash)) await rm(join(folder, name), { force: true });
      }
    },
  };
}
