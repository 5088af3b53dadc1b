// The two borders of a player: the shell that opens its window, and the page in that window.
import type { ToStage } from '../core/bridge.ts';
import type { Profile } from '../core/profile.ts';
import type { PageFall } from './page-falls.ts';

/** What a player asks of the shell that holds its window. */
export interface Shell {
  /** Name and version, such as "chromium 156.0". */
  readonly name: string;
  /** A JPEG of the real window, under 150 kB; `undefined` when none can be taken now. */
  capture(): Promise<Uint8Array | undefined>;
  /** A coarse picture of the whole window, equal for equal pixels, and another for another shade of the speck; `undefined` when none comes in time. */
  glimpse(): Promise<Uint8Array | undefined>;
  /** Loads the page anew. */
  reload(): Promise<void>;
  /** The picture is not what the page says: a first time the page is loaded anew, then the browser is replaced. */
  mend(how: PageFall): void;
}

/** One attached page, seen from the player. */
export interface StageLink {
  send(message: ToStage): void;
}

export interface AttachedStage {
  /** Takes whatever came over the bridge; it is parsed here. */
  receive(message: unknown): void;
  detach(): void;
}

export interface MediaFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
}

/** What a shell needs of a player. */
export interface PlayerForShell {
  readonly profile: Profile;
  attach(link: StageLink): AttachedStage;
  /** The verified local file of a hash that the current plan may name. */
  mediaFile(sha256: string): MediaFile | undefined;
  useShell(shell: Shell): void;
  /** Called once, when the first picture that should be there is on screen: a turn, a cover, or the card of a screen out of service. */
  onFirstPicture(listener: () => void): void;
  /** Called when the profile changes, so that the window can follow. */
  onProfile(listener: (profile: Profile) => void): void;
  /** The shell had to bring the page back. */
  pageFell(how: PageFall): void;
  stop(): Promise<void>;
}
