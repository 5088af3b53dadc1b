// Decides what plays, current manifest or factory playlist, and keeps the stage supplied with a plan that fits the facts.
import type { Assignment } from '../core/manifest.ts';
import { minPlanMs, type Board, type PlanTurn } from '../core/plan.ts';
import type { Profile } from '../core/profile.ts';
import { clockReason } from './clock-rules.ts';
import type { Content, Entry } from './content.ts';
import type { Factory } from './factory.ts';
import { every, type MachineClock } from './machine-clock.ts';
import type { Shelter } from './page-falls.ts';
import { codeFor, makePlan, type MadePlan } from './plan-maker.ts';
import type { Quarantine } from './quarantine.ts';
import type { ServerClock } from './server-clock.ts';
import { scoreboardReason } from './scoreboard-freshness.ts';

/** What the player holds at this moment. */
export interface PlayoutFacts {
  readonly assignment: Assignment | undefined;
  readonly content: Content | undefined;
  /** When the manifest was made, for a server whose time was never heard. */
  readonly issuedAt: number;
  readonly board: Board | undefined;
  readonly profile: Profile;
  readonly hasFile: (sha256: string) => boolean;
  /** What to play in place of everything else, because the page keeps falling. */
  readonly shelter: Shelter | undefined;
}

export interface PlannedTurn {
  readonly turn: PlanTurn;
  readonly made: MadePlan;
}

export interface Playout {
  /** Plans anew from the facts of now. */
  refresh(): void;
  readonly current: MadePlan | undefined;
  /** Figures for the scenes of the current plan. */
  readonly board: Board | null;
  /** A turn of the current plan or of one shortly before. */
  turn(id: string): PlannedTurn | undefined;
  turnAt(instant: number): PlanTurn | undefined;
  stop(): void;
}

export interface PlayoutOptions {
  readonly facts: () => PlayoutFacts;
  readonly factory: Factory;
  readonly quarantine: Quarantine;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly planned: () => void;
  /** The machine's clock was set, or the machine slept. */
  readonly jumped: () => void;
}

const horizonMs = 1.5 * minPlanMs;
const renewEveryMs = 0.4 * minPlanMs;
const jumpCheckMs = 1_000;
/** A watch that comes so late means that the machine slept, or that everything on it stood still. */
const sleepMs = 10_000;
/** The stage's clock may be so far off before it gets a new plan: two screens side by side show no more than twice this apart. */
const offsetToleranceMs = 30;
const dayMs = 24 * 3_600_000;
const keptPlans = 4;

export function startPlayout({ facts, factory, quarantine, serverClock, clock, planned, jumped }: PlayoutOptions): Playout {
  let plans: MadePlan[] = [];
  let lastText = '';
  let board: Board | null = null;
  let drift = clock.now() - clock.monoMs();
  let lookedMonoMs = clock.monoMs();
  let cancelRenewal = () => {};

  const choose = ({ content, issuedAt, shelter }: PlayoutFacts): Content => {
    if (shelter === 'card') return factory.card;
    if (!content || shelter === 'factory') return factory.content;
    const offlineMs = serverClock.now() - (serverClock.heard() ?? issuedAt);
    return offlineMs > content.campaign.maxOfflineDays * dayMs ? factory.content : content;
  };

  const make = (now: PlayoutFacts): MadePlan => {
    const { assignment, profile, hasFile } = now;
    const content = choose(now);
    const screen = { name: assignment?.name ?? '', number: assignment?.number ?? 0, unit: assignment?.unit, trial: assignment?.trial ?? false };
    const { campaign } = content;
    const boardReason = now.board && scoreboardReason(now.board.snapshot, campaign, screen.trial, serverClock.now());
    board = now.board && boardReason === undefined ? now.board : null;
    const blocked = (entry: Entry, start: number, end: number): string | undefined => {
      const { item, scene, media, mark } = entry;
      if (!scene) return `this player cannot draw "${item.scene}"`.slice(0, 200);
      const quarantined = quarantine.reasonFor(mark);
      if (quarantined !== undefined) return quarantined;
      if (!media.every(hasFile)) return 'its file is not there, or not verified yet';
      const timeless = clockReason(entry, start, end, campaign.zone, serverClock);
      if (timeless !== undefined) return timeless;
      if (scene.scene === 'scoreboard') return scoreboardReason(now.board?.snapshot, campaign, screen.trial, start);
      if (scene.scene === 'install' && codeFor({ item, scene }, campaign, screen.number) === undefined) return 'there is no link to install from';
      return undefined;
    };
    const from = serverClock.now();
    return makePlan({ content, spares: factory.spares, from, until: from + horizonMs, blocked, screen, profile, clockOffsetMs: serverClock.offsetMs() });
  };

  const refresh = () => {
    cancelRenewal();
    // What was only late is planned again as soon as its wait is over.
    cancelRenewal = clock.after(Math.min(renewEveryMs, quarantine.freeInMs), refresh);
    drift = clock.now() - clock.monoMs();
    const now = facts();
    let made = make(now);
    const card = factory.spares.at(-1)?.key;
    if (made.plan.turns.every(({ item }) => item === card)) {
      // When nothing at all can be shown, the fault was hardly in all the contents.
      quarantine.forgive();
      made = make(now);
    }
    const text = JSON.stringify(made.plan);
    // The same plan again would only make the page think; figures and state are told all the same.
    if (text !== lastText) plans = [made, ...plans].slice(0, keptPlans);
    lastText = text;
    planned();
  };

  const cancelWatch = every(clock, jumpCheckMs, () => {
    const [made] = plans;
    const monoMs = clock.monoMs();
    const wasSet = Math.abs(clock.now() - monoMs - drift) > jumpCheckMs;
    const slept = monoMs - lookedMonoMs > sleepMs;
    lookedMonoMs = monoMs;
    const isOff = made !== undefined && Math.abs(serverClock.offsetMs() - made.plan.clockOffsetMs) > offsetToleranceMs;
    if (wasSet || slept || isOff) refresh();
    if (wasSet || slept) jumped();
  });

  return {
    refresh,
    get current() {
      return plans[0];
    },
    get board() {
      return board;
    },
    turn(id) {
      for (const made of plans) {
        const turn = made.plan.turns.find((each) => each.id === id);
        if (turn) return { turn, made };
      }
      return undefined;
    },
    turnAt: (instant) => plans[0]?.plan.turns.find(({ start, end }) => instant >= start && instant < end),
    stop() {
      cancelRenewal();
      cancelWatch();
    },
  };
}
