// CAP 1.2 messages for staff: tried first (what would show now, on how many screens), then sent as an alert in free words, which two people send.
import {
  capAnswerSchema,
  capPaths,
  capPreviewSchema,
  capReasons,
  capSendSchema,
  capTrySchema,
  type CapPreview,
  type CapReason,
  type CapTry,
} from '../../../core/cap-api.ts';
import type { Target } from '../../../core/orders.ts';
import { audiences } from '../../../core/profile.ts';
import { approversNeeded, type RootDocument } from '../../../core/root-document.ts';
import { callerOf, type Caller } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import { currentCampaign } from '../../campaigns/campaign-store.ts';
import type { Routes } from '../../context.ts';
import type { LivePlayers } from '../../players/players.ts';
import { unitsOfTree } from '../../units/unit-store.ts';
import { alertWords } from '../alert-words.ts';
import { orderDesk } from '../order-desk.ts';
import { findOrder, openRequests, sentAlerts } from '../order-store.ts';
import { orderView, reachView } from '../order-view.ts';
import { storedAlertSchema } from '../stored-alert.ts';
import { judgeCap, type CapVerdict, type KnownAlert } from './judge-cap.ts';
import { readCap, referencesOf, type CapMessage } from './read-cap.ts';

/** Alerts last a week at most; a message is recognised among so many. */
const remembered = 1_000;
const tags = ['orders'];
const refused = (reason: CapReason) => new ApiFailure('cap-refused', { reason, advice: capReasons[reason] });

/** Screens that take only what approvers have signed show no message in the words of others: they are left out, unless it is to wait for signatures. */
function targetOf(units: 'all' | readonly string[], root: RootDocument, signed: boolean): Target {
  const open = audiences.filter((audience) => signed || approversNeeded(root, audience) === 0);
  return { ...(units === 'all' ? {} : { units: [...units] }), ...(open.length === 0 || open.length === audiences.length ? {} : { audiences: open }) };
}

export function capRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, keys, now } = context;
    const desk = orderDesk(context);
    const editor = { access: { role: 'editor', within: 'own-unit' } } as const;

    /** What was sent, and what a second person may still send. */
    async function knownAlerts(): Promise<KnownAlert[]> {
      const sent = (await sentAlerts(db, remembered)).flatMap(({ document, endedBy, expiresAt }) => {
        if (document.kind !== 'alert') return [];
        const { number, headline, sender, identifier, references } = document;
        return { number, headline, sender, identifier, references, standing: endedBy === null && (expiresAt === null || expiresAt > now()) };
      });
      const waiting = (await openRequests(db, now())).flatMap(({ id, order, body }): KnownAlert[] => {
        const asked = order === null ? storedAlertSchema.parse(JSON.parse(body)) : undefined;
        if (!asked?.cap) return [];
        const { sender, identifier, references } = asked.cap;
        return [{ number: null, request: id, headline: alertWords(asked).headline, sender, identifier, references, standing: true }];
      });
      return [...sent, ...waiting];
    }

    async function judged({ xml, signed: _, ...answers }: CapTry): Promise<{ message: CapMessage; verdict: CapVerdict }> {
      const read = readCap(xml);
      if (!read.ok) throw refused(read.reason);
      const campaign = await currentCampaign(db);
      const units = campaign ? await unitsOfTree(db, campaign.tree) : [];
      return { message: read.message, verdict: judgeCap(read.message, { now: now(), known: await knownAlerts(), units, answers }) };
    }

    async function preview(caller: Caller, message: CapMessage, verdict: CapVerdict, signed: boolean): Promise<CapPreview> {
      const { sender, identifier, sent, status, msgType: type } = message;
      const nothing = { words: null, shortened: false, area: null, parts: [], endAsked: false, expiresAt: null, ends: [], reach: null, signatures: null };
      const facts = { sender, identifier, sent, status, type, action: verdict.action, reason: null };
      if (verdict.action === 'none') return { ...facts, ...nothing, reason: verdict.reason };
      const ends = verdict.ends.map(({ number, headline }) => ({ number, headline }));
      if (verdict.action === 'end') return { ...facts, ...nothing, ends };
      const { words, areas, area, expiresAt } = verdict;
      const { event, headline, instruction, priority, speaker, shortened } = words;
      const campaign = await currentCampaign(db);
      const root = keys.root.document;
      const reach = async (withAll: boolean) => (areas.clear ? reachView(await desk.reach(caller, targetOf(areas.units, root, withAll)), players, root) : null);
      const all = await reach(true);
      const said = signed && (all?.signatures.needed ?? 0) > 0 ? undefined : speaker;
      return {
        ...{ ...facts, shortened, area, ends, parts: [...areas.parts], endAsked: words.info.expires === undefined, expiresAt: expiresAt ?? null },
        words: { event, headline, instruction: instruction ?? null, priority, speaker: said ?? campaign?.speaker.vi ?? '' },
        reach: signed ? all : await reach(false),
        signatures: all && all.signatures,
      };
    }

    app.post(
      capPaths.read,
      {
        config: editor,
        schema: {
          summary: 'Try a CAP 1.2 message: what it would show or end now, and on how many screens',
          tags,
          body: capTrySchema,
          response: { 200: capPreviewSchema },
        },
      },
      async (request) => {
        const { message, verdict } = await judged(request.body);
        return preview(callerOf(request), message, verdict, request.body.signed);
      },
    );

    app.post(
      capPaths.send,
      {
        config: editor,
        schema: {
          summary:
            'Send what a CAP 1.2 message says; to real screens its words wait for a second person or for the signatures of approvers, a cancel ends at once',
          tags,
          body: capSendSchema,
          response: { 200: capAnswerSchema },
        },
      },
      async (request) => {
        const { confirm, ...asked } = request.body;
        const caller = callerOf(request);
        const { message, verdict } = await judged(asked);
        if (verdict.action === 'none') throw refused(verdict.reason);
        const { sender, identifier } = message;
        const numbers = verdict.ends.flatMap(({ number }) => number ?? []);
        /** What still waited is asked for no more: a second person would send what its sender took back. */
        const withdraw = async () => {
          for (const { request: id } of verdict.ends) if (id !== undefined) await desk.withdraw(caller, id);
        };
        if (verdict.action === 'end') {
          if (numbers.length > 0) await desk.cancel(caller, numbers, `CAP ${sender}, ${identifier}`);
          await withdraw();
          return { order: null, waiting: false };
        }
        const { words, areas, area, expiresAt } = verdict;
        if (!areas.clear || expiresAt === undefined) throw new ApiFailure('cap-unclear');
        const { event, headline, instruction, priority, speaker } = words;
        const done = await desk.alert(caller, {
          ...{
            target: targetOf(areas.units, keys.root.document, asked.signed),
            area,
            drill: false,
            confirm,
            basis: `CAP ${sender}, ${identifier}`.slice(0, 200),
          },
          // For lists only: the message's own end holds.
          minutes: Math.max(5, Math.ceil((expiresAt - now()) / 60_000)),
          words: { event, headline, priority, ...(instruction ? { instruction } : {}) },
          cap: {
            ...{ sender, identifier, expiresAt, ends: numbers },
            references: (message.references ?? '')
              .split(' ')
              .filter((each) => each.length <= 400 && referencesOf({ references: each }).length > 0)
              .slice(-20),
            ...(speaker === undefined ? {} : { speaker }),
          },
        });
        await withdraw();
        if ('waiting' in done) return { order: null, waiting: true };
        const order = await findOrder(db, done.order.document.number);
        return { order: order ? await orderView(db, players, order, await openRequests(db, now()), now()) : null, waiting: false };
      },
    );
  };
}
