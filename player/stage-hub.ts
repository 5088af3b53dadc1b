// Talks to the attached page: it always gets the newest state, and whatever it says is parsed here.
import { fromStageSchema, type FromStage, type PairingCard, type ToStage } from '../core/bridge.ts';
import type { Cover } from '../core/cover.ts';
import type { Board, Plan } from '../core/plan.ts';
import type { Profile } from '../core/profile.ts';
import type { Log } from './log.ts';
import type { AttachedStage, StageLink } from './shell.ts';

/** What the page should know. */
export interface StageState {
  readonly profile: Profile;
  readonly pairing: PairingCard | null;
  readonly board: Board | null;
  readonly plan: Plan | undefined;
  readonly isRevoked: boolean;
  readonly cover: Cover | null;
}

export interface StageHub {
  attach(link: StageLink): AttachedStage;
  /** Sends what differs from what the page knows. */
  show(state: StageState): void;
  /** Says something once, to the page of now. @returns whether there is one */
  say(message: ToStage): boolean;
  readonly isAttached: boolean;
}

export interface StageHubOptions {
  readonly heard: (message: FromStage) => void;
  readonly lost: () => void;
  readonly log: Log;
}

interface Page {
  readonly link: StageLink;
  /** What it was sent; absent until it says hello. */
  known: Partial<StageState> | undefined;
}

export function openStageHub({ heard, lost, log }: StageHubOptions): StageHub {
  let page: Page | undefined;
  let state: StageState | undefined;

  const tell = (to: Page) => {
    if (!state || !to.known) return;
    const { profile, pairing, board, plan, isRevoked, cover } = state;
    const { known } = to;
    const messages: ToStage[] = [];
    // First, so that what is taken off uncovers nothing.
    if (isRevoked && (!known.isRevoked || known.profile !== profile)) messages.push({ type: 'revoked', profile });
    // Before the plan, so that a page which just came up never shows what is covered.
    if (known.cover !== cover) messages.push({ type: 'cover', cover, profile });
    if (known.board !== board) messages.push({ type: 'board', board });
    if (!isRevoked && plan && (known.plan !== plan || known.isRevoked)) messages.push({ type: 'plan', plan });
    if (known.pairing !== pairing) messages.push({ type: 'pairing', card: pairing, profile });
    to.known = state;
    for (const message of messages) to.link.send(message);
  };

  return {
    attach(link) {
      // One window has one page; a newer one takes over from one that hangs.
      if (page) lost();
      const attached: Page = { link, known: undefined };
      page = attached;
      return {
        receive(raw) {
          const message = fromStageSchema.safeParse(raw);
          if (page !== attached) return;
          if (!message.success) {
            log.warn({ problem: message.error.issues[0]?.message }, 'the page said something malformed');
            return;
          }
          if (message.data.type === 'hello') {
            attached.known = { pairing: null, cover: null };
            tell(attached);
          }
          heard(message.data);
        },
        detach() {
          if (page !== attached) return;
          page = undefined;
          lost();
        },
      };
    },
    show(next) {
      state = next;
      if (page) tell(page);
    },
    say(message) {
      if (!page?.known) return false;
      page.link.send(message);
      return true;
    },
    get isAttached() {
      return page !== undefined;
    },
  };
}
