// What an order is called in lists, and its days as people read them.
import type { OrderView } from '../../core/order-api.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { Say } from '../messages.ts';

export function kindText({ kind, drill, expiresAt }: Pick<OrderView, 'kind' | 'drill' | 'expiresAt'>, say: Say): string {
  if (kind === 'stop' && expiresAt !== null) return say('order.pause');
  return say(drill ? 'order.drill' : `order.${kind}`);
}

export function daysText({ from, until }: NonNullable<OrderView['days']>, say: Say): string {
  if (from === until) return say('order.day', { date: formatLocalDate(from) });
  return say('order.days', { from: formatLocalDate(from), until: formatLocalDate(until) });
}

/** Whether it stands or will; what is over is shown apart. */
export function isInForce({ state }: Pick<OrderView, 'state'>): boolean {
  return state === 'standing' || state === 'coming';
}

/** The first few of many names, and how many more there are. */
export function someNames(names: readonly string[], say: Say, most = 5): string {
  const some = names.slice(0, most).join(', ');
  return names.length > most ? say('reach.more', { names: some, count: names.length - most }) : some;
}

/** A word typed for confirmation: keyboards differ in case and in how they compose a letter, people do not mean that. */
export function typedWord(text: string): string {
  return text.trim().normalize('NFC').toLocaleUpperCase('vi').replace(/\s+/g, ' ');
}
