// The stage's state: hears the player, makes turns ready behind the visible one, swaps them on a frame, and tells what it shows.
import { flushSync } from 'svelte';
import type { FromStage, PairingCard, SpeckShade, StageBridge, ToStage } from '../../core/bridge.ts';
import type { Cover } from '../../core/cover.ts';
import type { PageState } from '../../core/health.ts';
import type { Board, Plan } from '../../core/plan.ts';
import type { Profile } from '../../core/profile.ts';
import type { TechnicianAnswer, TechnicianWish } from '../../core/technician.ts';
import { wallCanvas } from '../../core/wall.ts';
import { listen } from '../bridge.ts';
import { fontsReady } from './fonts-ready.ts';
import { slotFor, type Slot } from './slot.ts';
import { lastSafeStill, turnsOf, type StageTurn } from './stage-turns.ts';
import { nextAction, waitForQuiet, type BackLayer } from './turn-clock.ts';
import { turnTime } from './turn-time.ts';

const beatMs = 1_000;
/** A finger that plays over the screen is told of once in a while. */
const touchGapMs = 1_000;
/** From here on the swap waits for frames, not for a timer. */
const frameWatchMs = 40;
/** A frame as old as this was not drawn now. */
const staleMs = 4_000;
/** Scenes that follow the time (pages, days) see it move in these steps. */
const tickMs = 250;
const reasonLength = 300;

export interface IdentifyCard {
  readonly name: string;
  readonly number: number;
}

export interface StageDeps {
  readonly bridge: StageBridge;
  readonly machineNow: () => number;
  /** Never set, never jumps. */
  readonly monoNow: () => number;
  readonly later: (run: () => void, ms: number) => number;
  readonly cancel: (timer: number) => void;
  readonly frame: (run: () => void) => void;
  readonly heapBytes: () => number | null;
  readonly windowSize: () => { width: number; height: number };
  /** Why the visible layer cannot be seen, though it is drawn. */
  readonly unseen: () => string | undefined;
  readonly droppedFrames: () => number;
}

export function createStage(deps: StageDeps) {
  let plan = $state.raw<Plan>();
  let board = $state.raw<Board | null>(null);
  let pairing = $state.raw<PairingCard | null>(null);
  let profile = $state.raw<Profile>();
  let revoked = $state(false);
  let identify = $state.raw<IdentifyCard>();
  let cover = $state.raw<Cover | null>(null);
  let speck = $state<SpeckShade>();
  let technician = $state.raw<{ readonly answer: TechnicianAnswer | undefined }>();
  let slots = $state.raw<readonly [Slot | undefined, Slot | undefined]>([undefined, undefined]);
  let front = $state<0 | 1>();
  let now = $state(deps.machineNow());

  let turns: readonly StageTurn[] = [];
  let still: StageTurn | undefined;
  let back: BackLayer | undefined;
  let failed: readonly string[] = [];
  let frameAt = deps.machineNow();
  let touchedAt = -Infinity;
  let timer: number | undefined;
  let boardTimer: number | undefined;
  let send: (message: FromStage) => void = () => undefined;
  let identifyTimer: number | undefined;
  let lettersReady = $state(false);
  /** By the monotonic clock; of an alert and of a test card. */
  let coverEnds = Infinity;
  let announced: Cover | null = null;

  const time = turnTime(deps);
  const serverNow = time.now;
  const backIndex = (): 0 | 1 => (front === 0 ? 1 : 0);
  const put = (index: 0 | 1, slot: Slot | undefined) => {
    slots = index === 0 ? [slot, slots[1]] : [slots[0], slot];
  };
  const frontSlot = () => (front === undefined ? undefined : slots[front]);

  function heard(message: ToStage) {
    if (message.type === 'plan') takePlan(message.plan);
    else if (message.type === 'board') takeBoard(message.board);
    else if (message.type === 'pairing') {
      pairing = message.card;
      profile ??= message.profile;
    } else if (message.type === 'identify') {
      profile ??= message.profile;
      showIdentify(message, message.seconds);
    } else if (message.type === 'technician') {
      if (technician) technician = { answer: message.answer };
    } else if (message.type === 'speck') {
      drawSpeck(message.shade);
    } else if (message.type === 'cover') {
      profile = message.profile;
      putCover(message.cover);
    } else {
      profile = message.profile;
      dropContent();
    }
    look();
  }

  /** Figures draw whole tables anew: never just before a swap. The last ones count. */
  function takeBoard(next: Board | null) {
    if (boardTimer !== undefined) deps.cancel(boardTimer);
    const waitMs = front === undefined ? 0 : waitForQuiet(turns, serverNow());
    if (waitMs === 0) board = next;
    else boardTimer = deps.later(() => (board = next), waitMs);
  }

  /** Nothing of the campaign stays, drawn or due; a screen that is taken back gets its plan anew. */
  function dropContent() {
    flushSync(() => {
      revoked = true;
      plan = undefined;
      [slots, front] = [[undefined, undefined], undefined];
    });
    [turns, still, back, failed] = [[], undefined, undefined, []];
  }

  function showIdentify({ name, number }: IdentifyCard, seconds: number) {
    if (identifyTimer !== undefined) deps.cancel(identifyTimer);
    identify = { name, number };
    identifyTimer = deps.later(() => (identify = undefined), seconds * 1_000);
  }

  function drawSpeck(shade: SpeckShade) {
    flushSync(() => (speck = shade));
    // Drawn in one frame, on the glass when the next begins.
    deps.frame(() => deps.frame(() => send({ type: 'speck', shade })));
  }

  function putCover(next: Cover | null) {
    flushSync(() => {
      cover = next;
    });
    coverEnds = next && 'remainingMs' in next && next.remainingMs !== undefined ? deps.monoNow() + next.remainingMs : Infinity;
    if (next === null) showAgain();
  }

  /** Nothing covers the programme any more: what stands on the visible layer is seen from the next frame on. */
  function showAgain() {
    announced = null;
    const turn = frontSlot()?.turn;
    if (!turn) return;
    deps.frame(() => {
      frameAt = deps.machineNow();
      if (cover === null) send({ type: 'shown', turn: turn.id, item: turn.item, at: frameAt });
    });
  }

  function announceCover() {
    if (!cover || announced === cover || !lettersReady) return;
    const shown = cover;
    announced = shown;
    // Drawn in one frame, on the glass when the next begins.
    deps.frame(() =>
      deps.frame(() => {
        frameAt = deps.machineNow();
        if (cover === shown) send({ type: 'covered', state: shown.state, item: shown.state === 'off' ? null : shown.item, at: frameAt });
      }),
    );
  }

  /** An alert or a test card whose player is gone ends by itself, by whichever clock says so first. */
  function endCover() {
    const expired = cover?.state === 'alert' && plan !== undefined && serverNow() >= cover.expiresAt;
    if (deps.monoNow() >= coverEnds || expired) putCover(null);
  }

  function takePlan(next: Plan) {
    // On a wall scenes draw the whole picture; the page shows the screen's part of it.
    plan = { ...next, profile: wallCanvas(next.profile).profile };
    time.follow(next.clockOffsetMs);
    profile = next.profile;
    revoked = false;
    turns = turnsOf(plan);
    still = undefined;
    failed = failed.filter((failedKey) => turns.some(({ key }) => key === failedKey));
    // The slot on screen learns its new end; a slot behind that is no longer planned is made anew when due.
    slots.forEach((slot, index) => {
      const turn = slot && turns.find(({ key }) => key === slot.turn.key);
      if (slot && turn) put(index === 0 ? 0 : 1, { ...slot, turn });
    });
  }

  /** @param inFrame called by a frame: a swap that is due is on this one */
  function look(inFrame = false) {
    if (timer !== undefined) deps.cancel(timer);
    timer = deps.later(() => look(), tickMs);
    now = serverNow();
    endCover();
    announceCover();
    if (!lettersReady || !plan) return;
    if (now >= (turns.at(-1)?.end ?? Infinity)) still ??= lastSafeStill(turns, frontSlot()?.turn);
    const action = nextAction({ turns, now, front: frontSlot()?.turn.key, back, failed, still });
    if (action.do === 'prepare') prepare(action.turn);
    else if (action.do === 'swap' && inFrame) swap();
    else if (action.do === 'swap') deps.frame(swap);
    else if (action.do === 'fail') giveUp(action.turn);
    else rest(action.until - now);
  }

  function rest(ms: number) {
    if (ms > tickMs) return;
    if (timer !== undefined) deps.cancel(timer);
    timer = ms > frameWatchMs ? deps.later(() => look(), ms - frameWatchMs / 2) : deps.later(() => deps.frame(() => look(true)), 0);
  }

  function prepare(turn: StageTurn) {
    if (!plan) return;
    const slot = slotFor(plan, turn);
    back = { key: turn.key, phase: 'preparing', since: serverNow() };
    if (slot.content === undefined) return broken(turn.key, `this build cannot draw the scene "${slot.scene}" with these props`);
    send({ type: 'mounting', turn: turn.id, item: turn.item });
    // What was on screen before still stands there under the same key; it has to be made ready anew.
    if (slots[backIndex()]?.turn.key === turn.key) flushSync(() => put(backIndex(), undefined));
    put(backIndex(), slot);
  }

  function swap() {
    const index = backIndex();
    const slot = slots[index];
    now = serverNow();
    const action = nextAction({ turns, now, front: frontSlot()?.turn.key, back, failed, still });
    if (!slot || action.do !== 'swap' || slot.turn.key !== action.turn.key) return look();
    const reshown = slot.turn === still;
    flushSync(() => {
      front = index;
      back = undefined;
    });
    const { id, item } = slot.turn;
    // The frame that carries the swap ends before the next one begins.
    deps.frame(() => {
      frameAt = deps.machineNow();
      if (!reshown && cover === null) send({ type: 'shown', turn: id, item, at: frameAt });
    });
    look();
  }

  function giveUp(turn: StageTurn) {
    failed = [...failed, turn.key];
    const known = backReason?.key === turn.key ? backReason.reason : undefined;
    back = undefined;
    put(backIndex(), undefined);
    tellFailed(turn, known ?? 'not ready two seconds after its start', known === undefined);
    look();
  }

  let backReason: { key: string; reason: string } | undefined;
  let brokenInFront: string | undefined;

  function tellFailed({ id, item }: StageTurn, reason: string, late: boolean) {
    send({ type: 'failed', turn: id, item, reason: reason.slice(0, reasonLength), ...(late ? { late } : {}) });
  }

  function broken(key: string, reason: string, late = false) {
    const turn = frontSlot()?.turn;
    if (back?.key === key) {
      back = { ...back, phase: 'broken' };
      backReason = { key, reason };
    } else if (turn?.key === key && brokenInFront !== key) {
      // A scene that breaks while it is shown: it stays until the player sends something else.
      brokenInFront = key;
      tellFailed(turn, reason, late);
    }
    look();
  }

  /** A fault that no scene caught. Of two mounted scenes the one behind is the suspect: the visible one ran well so far. */
  function threw(reason: string) {
    const suspect = back?.key ?? frontSlot()?.turn.key;
    if (suspect !== undefined) broken(suspect, reason);
  }

  function ready(key: string) {
    if (back?.key !== key || back.phase !== 'preparing') return;
    back = { ...back, phase: 'ready' };
    look();
  }

  function beat() {
    deps.frame(() => (frameAt = deps.machineNow()));
    const covered = cover ? { cover: cover.state === 'off' ? 'off' : cover.item } : {};
    const unseen = front === undefined && cover === null ? undefined : frameAt < deps.machineNow() - staleMs ? 'the page draws no frames' : deps.unseen();
    send({
      ...{ type: 'beat', turn: cover ? null : (frontSlot()?.turn.id ?? null), ...covered, frameAt, heapBytes: deps.heapBytes(), viewport: deps.windowSize() },
      droppedFrames: deps.droppedFrames(),
      ...(unseen === undefined ? {} : { unseen: unseen.slice(0, 200) }),
    });
  }

  function run() {
    send = listen(deps.bridge, heard);
    send({ type: 'hello' });
    void fontsReady().then(() => {
      lettersReady = true;
      look();
    });
    look();
    const beats = setInterval(beat, beatMs);
    return () => {
      clearInterval(beats);
      if (timer !== undefined) deps.cancel(timer);
    };
  }

  return {
    run,
    ready,
    broken,
    threw,
    get slots() {
      return slots;
    },
    get front() {
      return front;
    },
    get now() {
      return now;
    },
    get board() {
      return board;
    },
    get pairing() {
      return pairing;
    },
    get identify() {
      return identify;
    },
    get profile() {
      return profile;
    },
    /** Shade of the pixel by which the window's own picture can be told from an older one. */
    get speck() {
      // A screen that is off is dark to the last pixel.
      return cover?.state === 'off' ? undefined : speck;
    },
    get cover() {
      return cover;
    },
    /** The pad of a technician in front of the screen, and what the player said last. */
    get technician() {
      return technician;
    },
    /** Somebody's finger is on the screen. */
    touched() {
      const now = deps.monoNow();
      if (now - touchedAt < touchGapMs) return;
      touchedAt = now;
      send({ type: 'touched' });
    },
    openTechnician: () => (technician ??= { answer: undefined }),
    closeTechnician: () => (technician = undefined),
    askAsTechnician: (pin: string, wish: TechnicianWish) => send({ type: 'technician', pin, wish }),
    get isCovered() {
      return cover !== null;
    },
    get lettersReady() {
      return lettersReady;
    },
    /** Zone of the dates that people read. */
    get zone() {
      return plan?.campaign.zone ?? 'Asia/Ho_Chi_Minh';
    },
    get manifest() {
      return front === undefined ? undefined : slots[front]?.plan.manifest;
    },
    get plan() {
      return plan;
    },
    get language() {
      return plan?.language ?? 'vi';
    },
    get state(): PageState {
      if (revoked) return 'revoked';
      if (cover) return cover.state;
      return front === undefined ? 'booting' : 'playing';
    },
  };
}
