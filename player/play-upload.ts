// Sends the journal to the server in signed batches, again until each is acknowledged. The same batch twice does no harm there.
import { z } from 'zod';
import { maxBatchEntries, playReceiptSchema, type PlayBatch } from '../core/play.ts';
import { playerPaths } from '../core/protocol.ts';
import type { Backoff } from './backoff.ts';
import type { SigningKey } from './ed25519.ts';
import { httpRequest, readBody } from './http.ts';
import type { Batch, Journal } from './journal.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';

export interface PlayUpload {
  /** There may be something to send. */
  wake(): void;
  stop(): void;
}

export interface PlayUploadOptions {
  readonly journal: Journal;
  readonly key: SigningKey;
  readonly server: () => string | undefined;
  readonly screen: () => string | undefined;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
}

/** Plays of a short while travel together. */
const gatherMs = 2_000;
/** A server that refuses every chain is not answered with ever new ones. */
const anewEveryMs = 3_600_000;

/** Refusals that mend themselves when screen and server agree again; the chain is not at fault. */
const passing = ['unknown-screen', 'bad-signature'];
const refusalSchema = z.object({ error: z.object({ details: z.object({ reason: z.string(), acknowledged: z.int().min(0).optional() }) }) });

type Sent = 'more' | 'refused' | 'again';

export function startPlayUpload({ journal, key, server, screen, clock, backoff, log }: PlayUploadOptions): PlayUpload {
  const stopped = new AbortController();
  let cancel: (() => void) | undefined;
  let isRunning = false;
  let beganAnewAt = -Infinity;

  const send = async (batch: Batch, to: string, from: string): Promise<Sent> => {
    const document: PlayBatch = { screen: from, chain: batch.chain, entries: [...batch.texts] };
    const body = Buffer.from(JSON.stringify(key.sign('plays', document)));
    const answer = await httpRequest(new URL(playerPaths.plays, to), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: stopped.signal,
    });
    const text = (await readBody(answer, 65_536)).toString('utf8');
    if (answer.status === 422) {
      const { reason, acknowledged } = refusalSchema.safeParse(JSON.parse(text)).data?.error.details ?? { reason: 'unnamed' };
      log.error({ chain: batch.chain, reason, acknowledged }, 'the server refuses the journal');
      // A server that was restored lacks what it had acknowledged: it gets it again.
      if (reason === 'gap' && acknowledged !== undefined) await journal.acknowledge(batch.chain, acknowledged);
      return reason === 'gap' || passing.includes(reason) ? 'again' : 'refused';
    }
    const receipt = answer.status === 200 ? playReceiptSchema.safeParse(JSON.parse(text)) : undefined;
    if (!receipt?.success || receipt.data.chain !== batch.chain) return 'again';
    await journal.acknowledge(batch.chain, receipt.data.acknowledged);
    // A server that knows less than before was restored: it gets the older ones again, without haste.
    return receipt.data.acknowledged >= batch.last ? 'more' : 'again';
  };

  const mayBeginAnew = (): boolean => {
    if (clock.monoMs() - beganAnewAt < anewEveryMs) return false;
    beganAnewAt = clock.monoMs();
    return true;
  };

  const sendAll = async (): Promise<Sent> => {
    for (;;) {
      const [to, from] = [server(), screen()];
      if (to === undefined || from === undefined || stopped.signal.aborted) return 'more';
      const batch = await journal.nextBatch(maxBatchEntries);
      if (batch === undefined) return 'more';
      if (batch === 'later') return 'again';
      if (batch === 'damaged') {
        if (!mayBeginAnew()) return 'again';
        await journal.beginAnew('journal-damaged', `chain ${journal.chain} after ${journal.last - journal.pending}`);
        continue;
      }
      const sent = await send(batch, to, from);
      // Leaving an earlier chain begins no new one, so it needs no restraint.
      if (sent === 'again' || (sent === 'refused' && batch.chain === journal.chain && !mayBeginAnew())) return 'again';
      if (sent === 'refused') await journal.abandon(batch.chain, 'batch-refused', `chain ${batch.chain}`);
    }
  };

  const run = async () => {
    cancel = undefined;
    if (isRunning) return;
    isRunning = true;
    const outcome = await sendAll().catch((fault: unknown): Sent => {
      if (!stopped.signal.aborted) log.warn({ fault: faultText(fault) }, 'plays cannot be sent now');
      return 'again';
    });
    isRunning = false;
    if (stopped.signal.aborted) return;
    if (outcome === 'more') backoff.reset();
    else cancel ??= clock.after(backoff.next() + gatherMs, () => void run());
  };

  return {
    wake() {
      if (!isRunning) cancel ??= clock.after(gatherMs, () => void run());
    },
    stop() {
      stopped.abort();
      cancel?.();
    },
  };
}
