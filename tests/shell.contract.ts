// What every shell promises its player, as one suite: the bridge both ways, media by hash, a page that cannot leave, reload, pictures.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fromStageSchema, type FromStage, type ToStage } from '../core/bridge.ts';
import { maxCaptureBytes } from '../core/protocol.ts';
import type { Profile } from '../core/profile.ts';
import type { Log } from '../player/log.ts';
import type { PageFall } from '../player/page-falls.ts';
import type { PlayerForShell, Shell, StageLink } from '../player/shell.ts';
import { factoryProfile } from '../player/shell-arguments.ts';
import { leavingText } from '../player/stage-policy.ts';

/** A player that plays nothing: it notes what comes over the bridge and sends what the test wants. */
export class TestPlayer implements PlayerForShell {
  profile: Profile;
  shell: Shell | undefined;
  attachments = 0;
  readonly heard: FromStage[] = [];
  readonly falls: PageFall[] = [];
  readonly #media: PlayerForShell['mediaFile'];
  #link: StageLink | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #profileListeners: ((profile: Profile) => void)[] = [];

  constructor(profile: Profile, media: PlayerForShell['mediaFile'] = () => undefined) {
    this.profile = profile;
    this.#media = media;
  }

  attach(link: StageLink) {
    this.attachments += 1;
    this.#link = link;
    return {
      receive: (message: unknown) => {
        // Whatever reaches the player is a message of the contract.
        this.heard.push(fromStageSchema.parse(message));
        for (const check of [...this.#waiting]) check();
      },
      detach: () => {
        if (this.#link === link) this.#link = undefined;
      },
    };
  }

  mediaFile(sha256: string) {
    return this.#media(sha256);
  }
  useShell(shell: Shell) {
    this.shell = shell;
  }
  /** A picture of the shell's window. A machine that is too busy for one gives none, and is asked again. */
  pictured(kind: 'capture' | 'glimpse') {
    return vi.waitFor(
      async () => {
        const jpeg = await this.shell?.[kind]();
        if (!jpeg) throw new Error(`the shell gives no ${kind}`);
        return jpeg;
      },
      { timeout: 30_000, interval: 50 },
    );
  }
  onFirstPicture() {}
  onProfile(listener: (profile: Profile) => void) {
    this.#profileListeners.push(listener);
  }
  pageFell(how: PageFall) {
    this.falls.push(how);
  }
  stop() {
    return Promise.resolve();
  }

  changeProfile(profile: Profile) {
    this.profile = profile;
    for (const listener of this.#profileListeners) listener(profile);
  }

  send(message: ToStage) {
    this.#link?.send(message);
  }

  /** Asks the test page to do something. */
  ask(wish: object) {
    this.send({ type: 'pairing', card: { code: 'TEST', server: JSON.stringify(wish), words: ['một', 'hai', 'ba', 'bốn'] }, profile: this.profile });
  }

  /** What the page tells about a topic from now on, or since the given number of messages. */
  told(topic: string, since = this.heard.length): Promise<unknown> {
    return this.next(
      (message) => (message.type === 'failed' && message.turn === topic ? { value: JSON.parse(message.reason) as unknown } : undefined),
      since,
    ).then(({ value }) => value);
  }

  /** Asks the test page until it tells: one that is just being brought back hears nothing. */
  async answer(topic: string, wish: object): Promise<unknown> {
    const told = this.told(topic);
    this.ask(wish);
    const asking = setInterval(() => this.ask(wish), 1_000);
    return told.finally(() => clearInterval(asking));
  }

  /** The page says hello. */
  hello(since = this.heard.length): Promise<unknown> {
    return this.next((message) => (message.type === 'hello' ? message : undefined), since);
  }

  next<Found>(pick: (message: FromStage) => Found | undefined, since: number): Promise<Found> {
    return new Promise((resolve) => {
      let seen = since;
      const check = () => {
        for (; seen < this.heard.length; seen += 1) {
          const message = this.heard[seen];
          const found = message ? pick(message) : undefined;
          if (found === undefined) continue;
          this.#waiting.delete(check);
          return resolve(found);
        }
      };
      this.#waiting.add(check);
      check();
    });
  }
}

/** A log that a test can wait for. */
export class TestLog implements Log {
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  info(_fields: object, text: string) {
    this.lines.push(text);
    for (const check of [...this.#waiting]) check();
  }
  warn = this.info;
  error = this.info;

  saying(text: string, since = this.lines.length): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!this.lines.slice(since).includes(text)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }
}

export interface ContractShell {
  close(): Promise<void>;
}

/** Width and height of a JPEG, from its frame header. */
export function jpegSize(jpeg: Uint8Array): { width: number; height: number } | undefined {
  const bytes = Buffer.from(jpeg);
  if (bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    const marker = bytes.readUInt16BE(at);
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

export function shellContract(open: (player: TestPlayer, log: Log) => Promise<ContractShell>): void {
  describe('the contract of a shell', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-contract-'));
    const bytes = Buffer.from('0123456789');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const path = join(folder, hash);
    writeFileSync(path, bytes);
    const player = new TestPlayer(factoryProfile('led', 960, 576), (asked) => (asked === hash ? { path, type: 'image/png', bytes: 10 } : undefined));
    const log = new TestLog();
    let shell: ContractShell;
    let home: unknown;

    beforeAll(async () => {
      const first = player.told('where', 0);
      shell = await open(player, log);
      home = await first;
    });
    afterAll(async () => {
      await shell.close();
      rmSync(folder, { recursive: true });
    });

    test('attaches the page and names itself', () => {
      expect(player.attachments).toBeGreaterThan(0);
      expect(player.heard[0]).toEqual({ type: 'hello' });
      expect(player.shell?.name).toMatch(/^(chrome|headlesschrome|electron) \d/);
    });

    test('carries messages both ways', async () => {
      const answer = player.told('board');
      player.send({ type: 'board', board: null });
      expect(await answer).toEqual({ type: 'board', board: null });
    });

    test('drops nonsense and goes on', async () => {
      const before = player.heard.length;
      const answer = player.told('where');
      player.ask({ act: 'nonsense' });
      player.ask({ act: 'where' });
      expect(await answer).toBe(home);
      expect(player.heard.length).toBe(before + 1);
    });

    test('serves media whole and in parts, unchangeable and with its type', async () => {
      const whole = player.told('media');
      player.ask({ act: 'media', address: `media/${hash}` });
      expect(await whole).toEqual({ status: 200, range: null, type: 'image/png', cache: 'public, max-age=31536000, immutable', text: '0123456789' });
      const part = player.told('media');
      player.ask({ act: 'media', address: `media/${hash}`, range: 'bytes=2-4' });
      expect(await part).toMatchObject({ status: 206, range: 'bytes 2-4/10', text: '234' });
      const beyond = player.told('media');
      player.ask({ act: 'media', address: `media/${hash}`, range: 'bytes=10-' });
      expect(await beyond).toMatchObject({ status: 416, range: 'bytes */10' });
    });

    test.each([`media/${'0'.repeat(64)}`, 'media/../../package.json', 'nothing.json'])('answers 404 for %s', async (address) => {
      const answer = player.told('media');
      player.ask({ act: 'media', address });
      expect(await answer).toMatchObject({ status: 404 });
    });

    test('gives the page exactly the pixels of its viewport', async () => {
      const size = player.told('size');
      player.ask({ act: 'size' });
      expect(await size).toEqual({ width: 960, height: 576, scale: 1 });
    });

    test('takes a JPEG of the viewport that fits the limit', async () => {
      const jpeg = await player.pictured('capture');
      expect(jpegSize(jpeg)).toEqual({ width: 960, height: 576 });
      expect(jpeg.byteLength).toBeLessThan(maxCaptureBytes);
    });

    test.each(['https://example.org/', 'about:blank'])('fault 63: does not let the page leave for %s', async (address) => {
      const tried = log.saying(leavingText);
      player.ask({ act: 'leave', address });
      await tried;
      // It either is still there, or is brought back and says so by itself.
      expect(await player.answer('where', { act: 'where' })).toBe(home);
    });

    test('fault 62: does not let the page open a window', async () => {
      expect(await player.answer('open', { act: 'open', address: 'https://example.org/' })).toBe(false);
    });

    test('loads the page anew, which attaches again', async () => {
      const { attachments } = player;
      const hello = player.hello();
      await player.shell?.reload();
      await hello;
      expect(player.attachments).toBe(attachments + 1);
    });

    test('gives a glimpse of the whole window, the same one while nothing changes', async () => {
      const glimpse = await player.pictured('glimpse');
      expect(glimpse.byteLength).toBeGreaterThan(0);
      expect(await player.pictured('glimpse')).toEqual(glimpse);
    });

    test('loads the page anew when its picture is not what it says, and tells the player', async () => {
      const { attachments, falls } = player;
      const hello = player.hello();
      const before = falls.length;
      player.shell?.mend('frozen');
      await hello;
      expect(player.attachments).toBe(attachments + 1);
      expect(falls.slice(before)).toEqual(['frozen']);
    });

    test('follows a change of the profile', async () => {
      player.changeProfile(factoryProfile('kiosk', 540, 960));
      await expect
        .poll(async () => {
          const size = player.told('size');
          player.ask({ act: 'size' });
          return size;
        })
        .toEqual({ width: 540, height: 960, scale: 1 });
      expect(jpegSize(await player.pictured('capture'))).toEqual({ width: 540, height: 960 });
    });
  });
}
