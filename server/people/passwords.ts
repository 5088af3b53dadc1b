// Passwords as argon2id hashes (PHC form). One is computed at a time, in Node's thread pool: an attack on the sign-in waits for itself, and for nobody else.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's least for argon2id: 19 MiB, two passes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;
/** Tries that may wait; whoever comes later is told to try again. */
const maxWaiting = 16;

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
/** The same letters typed on two keyboards are the same password. */
const messageOf = (password: string) => Buffer.from(password.normalize('NFC'));

export interface Passwords {
  /** Whether so many wait that another try would be refused. */
  readonly full: boolean;
  hash(password: string): Promise<string>;
  /** Whether a password fits a hash. Without a hash it takes as long, and fits none. */
  fits(password: string, hash: string | null | undefined): Promise<boolean>;
}

export function createPasswords(): Passwords {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  }

  const decoy = { nonce: randomBytes(16), tag: randomBytes(tagLength), ...cost };

  function read(hash: string): typeof decoy | undefined {
    const [, memory, passes, parallelism, nonce, tag] = phc.exec(hash) ?? [];
    if (nonce === undefined || tag === undefined) return undefined;
    const read = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    return { ...(read as typeof cost), nonce: Buffer.from(nonce, 'base64'), tag: Buffer.from(tag, 'base64') };
  }

  return {
    get full() {
      return waiting >= maxWaiting;
    },
    hash: (password) =>
      inTurn(async () => {
        const nonce = randomBytes(16);
        const tag = await derive('argon2id', { message: messageOf(password), nonce, tagLength, ...cost });
        return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
      }),
    fits: (password, hash) =>
      inTurn(async () => {
        const known = hash === null || hash === undefined ? undefined : read(hash);
        const { tag, ...kept } = known ?? decoy;
        const found = await derive('argon2id', { ...kept, message: messageOf(password), tagLength: tag.length });
        return timingSafeEqual(found, tag) && known !== undefined;
      }),
  };
}

/** What everybody tries first, in the two languages typed here. */
const common =
  /^(?:password|passw0rd|matkhau|mat.?khau|quantri|admin|ihanoi|hanoi|qwerty|asdf|iloveyou|anhyeuem|thudo|vietnam|0123|1234|123123|abcd?1|111|000)/i;
const leastLetters = 5;

/** Whether a password is one that is guessed first. */
export function isWeak(password: string, login: string, name: string): boolean {
  const plain = password.normalize('NFC').toLowerCase();
  const words = [login, ...name.normalize('NFC').toLowerCase().split(/\s+/)].filter((word) => word.length >= 4);
  if (plain.includes(login) || (words.includes(plain.replace(/[\d\W_]+$/u, '')) && plain.length < 16)) return true;
  return new Set(plain).size < leastLetters || (common.test(plain) && plain.length < 16);
}
