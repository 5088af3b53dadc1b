// What differs between two versions of a playlist, as few sentences as possible: an item that only made way did not move.
import type { PublishChange } from './approval-api.ts';
import { holidayName, type HolidayRule } from './holidays.ts';
import type { Item } from './playlist.ts';
import { flatProps, partWords, windowWords, wordsOf, type Words } from './item-words.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

export type PlaylistChange = { readonly id: string; readonly name: string } & (
  | { readonly kind: 'moved'; readonly from: number; readonly to: number }
  | { readonly kind: 'on' | 'added'; readonly to: number; readonly details?: readonly Words[] }
  | { readonly kind: 'off' | 'removed' }
  | { readonly kind: 'timing' | 'content'; readonly details: readonly Words[] }
);

interface Run {
  readonly places: readonly number[];
  readonly weight: number;
}

/**
 * Members of the longest run that keeps its order, so that what remains is the fewest moves. Between runs of one length,
 * the one with more items at their old position wins.
 * @param places old place of every item, in its new order
 */
function steady(places: readonly number[]): Set<number> {
  const heavier = (a: Run, b: Run) => (b.weight > a.weight ? b : a);
  const none: Run = { places: [], weight: 0 };
  const runs: Run[] = [];
  places.forEach((place, index) => {
    const before = runs.filter((run) => (run.places.at(-1) ?? -1) < place).reduce(heavier, none);
    runs.push({ places: [...before.places, place], weight: before.weight + places.length + 1 + (place === index ? 1 : 0) });
  });
  return new Set(runs.reduce(heavier, none).places);
}

/** Positions count from 1. */
export function changesBetween(before: readonly Named[], after: readonly Named[]): PlaylistChange[] {
  const was = new Map(before.map((item, index) => [item.id, { item, index }]));
  const stay = new Set(after.map(({ id }) => id));
  const kept = before.filter(({ id }) => stay.has(id));
  const keptIndex = new Map(kept.map(({ id }, index) => [id, index]));
  const calm = steady(after.flatMap(({ id }) => keptIndex.get(id) ?? []));
  const changes = after.flatMap(({ id, name, enabled }, index): PlaylistChange[] => {
    const old = was.get(id);
    const place = keptIndex.get(id);
    const to = index + 1;
    if (old === undefined || place === undefined) return [{ id, name, kind: 'added', to }];
    // Others moved around an item that is back where it was: nothing to tell of it.
    const moved: PlaylistChange[] = calm.has(place) || old.index === index ? [] : [{ id, name, kind: 'moved', from: old.index + 1, to }];
    if (old.item.enabled === enabled) return moved;
    return [...moved, enabled ? { id, name, kind: 'on', to } : { id, name, kind: 'off' }];
  });
  return [...changes, ...before.filter(({ id }) => !stay.has(id)).map(({ id, name }): PlaylistChange => ({ id, name, kind: 'removed' }))];
}

type Content = Pick<Item, 'id' | 'name' | 'scene' | 'props' | 'seconds' | 'weight' | 'windows' | 'phases' | 'holidays'>;
type Draft = Content & Named;

/** Before and after of one thing about an item, `none` where there is nothing. */
function fromTo(what: Words, before: string | undefined, after: string | undefined): Words[] {
  if (before === after) return [];
  const [vi, en] = [before ?? 'không có', before ?? 'none'];
  const to = { vi: after ?? 'không có', en: after ?? 'none' };
  return [{ vi: `${what.vi}: ${vi} → ${to.vi}`, en: `${what.en}: ${en} → ${to.en}` }];
}

function holidayWords(rule: HolidayRule | undefined): Words {
  if (!rule) return { vi: 'mọi ngày', en: 'every day' };
  const names = rule.days.map(holidayName);
  const [vi, en] = [names.map((name) => name.vi).join(', '), names.map((name) => name.en).join(', ')];
  return rule.when === 'on' ? { vi: `chỉ ${vi}`, en: `only ${en}` } : { vi: `trừ ${vi}`, en: `not on ${en}` };
}

function timingDetails(was: Content, item: Content): Words[] {
  const words = [
    ...fromTo({ vi: 'số giây', en: 'seconds' }, String(was.seconds), String(item.seconds)),
    ...fromTo({ vi: 'số lượt mỗi vòng', en: 'turns a round' }, String(was.weight), String(item.weight)),
    ...fromTo({ vi: 'giai đoạn', en: 'phases' }, was.phases?.join(', '), item.phases?.join(', ')),
  ];
  const [oldDays, newDays] = [holidayWords(was.holidays), holidayWords(item.holidays)];
  if (oldDays.vi !== newDays.vi) words.push({ vi: `ngày lễ: ${oldDays.vi} → ${newDays.vi}`, en: `holidays: ${oldDays.en} → ${newDays.en}` });
  if (JSON.stringify(was.windows) === JSON.stringify(item.windows)) return words;
  const [before, after] = [was.windows, item.windows].map(windowWords);
  return [...words, { vi: `lịch chiếu: ${before?.vi} → ${after?.vi}`, en: `hours: ${before?.en} → ${after?.en}` }];
}

function contentDetails(was: Content, item: Content): Words[] {
  const [before, after] = [flatProps(was.props), flatProps(item.props)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...fromTo({ vi: 'tên', en: 'name' }, was.name, item.name),
    ...fromTo({ vi: 'loại cảnh', en: 'scene' }, was.scene, item.scene),
    ...keys.flatMap((key) => fromTo(partWords(key), before.get(key), after.get(key))),
  ];
}

/** What is said of an item that stays: other seconds, turns or hours, and other content. */
function editsOf(was: Content, item: Content): PlaylistChange[] {
  const { id, name } = item;
  const [timing, content] = [timingDetails(was, item), contentDetails(was, item)];
  return [
    ...(timing.length > 0 ? [{ id, name, kind: 'timing', details: timing } as const] : []),
    ...(content.length > 0 ? [{ id, name, kind: 'content', details: content } as const] : []),
  ];
}

/** What differs between two drafts, switched-off items included. */
export function changesOfDraft(before: readonly Draft[], after: readonly Draft[]): PlaylistChange[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const edits = after.flatMap((item) => {
    const was = old.get(item.id);
    return was ? editsOf(was, item) : [];
  });
  return [...changesBetween(before, after), ...edits];
}

/** What a publish would change on the screens: a manifest holds only what is switched on. */
export function changesToPublish(playing: readonly Content[], draft: readonly Draft[]): PlaylistChange[] {
  const old = new Map(playing.map((item) => [item.id, item]));
  const drafted = new Map(draft.map((item) => [item.id, item]));
  const on = draft.filter(({ enabled }) => enabled);
  const before = playing.map((item) => ({ ...item, enabled: true }));
  const order = changesBetween(before, on).map((change): PlaylistChange => {
    const item = drafted.get(change.id);
    if (change.kind === 'added') return { ...change, kind: 'on', details: item ? wordsOf(item) : [] };
    return change.kind === 'removed' && item ? { id: change.id, name: change.name, kind: 'off' } : change;
  });
  const edits = on.flatMap((item) => {
    const was = old.get(item.id);
    return was ? editsOf(was, item) : [];
  });
  return [...order, ...edits];
}

/** A change in one sentence of each language, what exactly differs in `details`. */
function changeWords(change: PlaylistChange): Words {
  const { name } = change;
  switch (change.kind) {
    case 'moved':
      return { vi: `“${name}”: từ vị trí ${change.from} sang ${change.to}`, en: `“${name}”: from position ${change.from} to ${change.to}` };
    case 'on':
      return { vi: `“${name}”: bật, vị trí ${change.to}`, en: `“${name}”: switched on, position ${change.to}` };
    case 'added':
      return { vi: `“${name}”: mục mới, vị trí ${change.to}`, en: `“${name}”: new, position ${change.to}` };
    case 'off':
      return { vi: `“${name}”: tắt`, en: `“${name}”: switched off` };
    case 'removed':
      return { vi: `“${name}”: không còn`, en: `“${name}”: gone` };
    case 'timing':
      return { vi: `“${name}”: đổi thời lượng, lượt hoặc giờ chiếu`, en: `“${name}”: other seconds, turns or hours` };
    case 'content':
      return { vi: `“${name}”: đổi nội dung`, en: `“${name}”: other content` };
  }
}

/** A change as it is told: its sentence, and what exactly differs. */
export function toldChange(change: PlaylistChange): PublishChange {
  const { id, kind } = change;
  return { item: id, kind, words: changeWords(change), details: 'details' in change ? [...(change.details ?? [])] : [] };
}
