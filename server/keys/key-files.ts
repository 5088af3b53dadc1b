// The private keys of the server on disk: made at the first start, never replaced by themselves, readable by their owner only.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../files/durable-file.ts';

export interface PrivateKeys {
  /** Absent where it was taken off the server, to be kept by people. */
  readonly root: KeyObject | undefined;
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
async function load(path: string): Promise<KeyObject | undefined> {
  const text = await readText(path);
  return text === undefined ? undefined : createPrivateKey(text);
}

async function make(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  return privateKey;
}

export const rootKeyFile = 'root.pem';

/** @param isMade whether there is a root document already: a new root key would sign nothing that any player follows */
export async function loadPrivateKeys(folder: string, isMade: boolean): Promise<PrivateKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [rootPath, contentPath] = [join(folder, rootKeyFile), join(folder, 'content.pem')];
  return { root: (await load(rootPath)) ?? (isMade ? undefined : await make(rootPath)), content: (await load(contentPath)) ?? (await make(contentPath)) };
}
