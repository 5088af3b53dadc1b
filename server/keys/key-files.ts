// The private keys of the server on disk: made at the first start, never replaced by themselves, readable by their owner only.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../files/durable-file.ts';

export interface PrivateKeys {
  readonly root: KeyObject;
  readonly content: KeyObject;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws when a key file is there but cannot be read: a new key would not be the one that the players know */
async function loadOrMake(path: string): Promise<KeyObject> {
  const text = await readText(path);
  if (text !== undefined) return createPrivateKey(text);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  return privateKey;
}

export async function loadPrivateKeys(folder: string): Promise<PrivateKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { root: await loadOrMake(join(folder, 'root.pem')), content: await loadOrMake(join(folder, 'content.pem')) };
}
