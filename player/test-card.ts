// The technician's test card: asked for by a command, over the programme for two minutes, and gone by itself. Asked for again, its time begins anew.
import { testCardItem, type Cover } from '../core/cover.ts';
import type { MachineClock } from './machine-clock.ts';
import type { ServerClock } from './server-clock.ts';

export const testCardMs = 120_000;

export interface TestCard {
  readonly cover: Extract<Cover, { state: 'test' }> | null;
  begin(screen: { readonly number: number; readonly name: string }): void;
  end(): void;
}

export function openTestCard({ clock, serverClock }: { clock: MachineClock; serverClock: Pick<ServerClock, 'now'> }): TestCard {
  let card: { readonly number: number; readonly name: string; readonly endsAt: number } | undefined;
  let endsMonoMs = 0;
  return {
    get cover(): TestCard['cover'] {
      const remainingMs = endsMonoMs - clock.monoMs();
      return card && remainingMs > 0 ? { state: 'test', item: testCardItem, ...card, remainingMs: Math.round(remainingMs) } : null;
    },
    begin({ number, name }) {
      card = { number, name, endsAt: Math.round(serverClock.now()) + testCardMs };
      endsMonoMs = clock.monoMs() + testCardMs;
    },
    end() {
      card = undefined;
    },
  };
}
