// A playlist being edited: the version it began with, the changes not saved yet, and what happens when somebody else was faster.
import { playlistChangedSchema, type PlaylistView } from '../../core/playlist-api.ts';
import type { PublishChange } from '../../core/approval-api.ts';
import { changesOfDraft, toldChange } from '../../core/playlist-changes.ts';
import { problemsOfItem, sentItems, type SentItem } from '../../core/playlist-draft.ts';
import type { Api, ApiFailure } from '../api-client.ts';
import { addItem, bringBack, changeItem, copyItem, removeItem, withdrawItem, type Edits } from './edits.ts';
import type { DraftKeeper } from './kept-draft.ts';
import { isSameDraft, mergeDrafts, type Clash } from './merge.ts';
import { moveTo, toggled } from './order.ts';

/** What became of the last attempt to save, or of a change that somebody else made. */
export type SaveOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'saved'; readonly revision: number }
  /** Somebody else saved first. Both edits are put together, nothing is saved yet; `clashes` were touched by both. */
  | { readonly kind: 'merged'; readonly by: string | undefined; readonly theirs: readonly PublishChange[]; readonly clashes: readonly Clash[] }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export function createPlaylistEditor(id: string, api: Pick<Api, 'playlist' | 'changePlaylist'>, keeper: DraftKeeper) {
  let saved = $state.raw<PlaylistView | undefined>(undefined);
  let edits = $state.raw<Edits>({ items: [], removed: [] });
  let name = $state('');
  let newer = $state.raw<PlaylistView | undefined>(undefined);
  let saving = $state(false);
  let outcome = $state.raw<SaveOutcome>({ kind: 'none' });
  let loadFailure = $state.raw<ApiFailure | undefined>(undefined);

  const base = $derived(saved ? sentItems(saved.items) : []);
  const changed = $derived(saved !== undefined && (name !== saved.name || !isSameDraft(base, edits.items)));
  const changes = $derived([...(saved ? renamed(saved.name, name) : []), ...changesOfDraft(base, edits.items).map(toldChange)]);
  const unfinished = $derived(edits.items.filter((item) => problemsOfItem(item).length > 0).map((item) => item.id));

  function adopt(view: PlaylistView): void {
    saved = view;
    edits = { items: sentItems(view.items), removed: [] };
    name = view.name;
    newer = undefined;
    keeper.forget();
  }

  function keep(): void {
    if (!saved) return;
    if (changed || edits.removed.length > 0) keeper.write({ revision: saved.revision, name, base, ...edits });
    else keeper.forget();
  }

  /** Puts what is not saved here on top of what somebody else saved. */
  function mergeOnto(view: PlaylistView, from: { readonly base: readonly SentItem[]; readonly name: string }, by?: string): void {
    const theirs = sentItems(view.items);
    const merged = mergeDrafts(from.base, edits.items, theirs);
    outcome = { kind: 'merged', by, theirs: [...renamed(from.name, view.name), ...changesOfDraft(from.base, theirs).map(toldChange)], clashes: merged.clashes };
    if (name === from.name) name = view.name;
    edits = { items: merged.items, removed: edits.removed.filter(({ item }) => !merged.items.some((each) => each.id === item.id)) };
    saved = view;
    newer = undefined;
    keep();
  }

  /** The first load of this window: what it kept from before a reload comes back. */
  function begin(view: PlaylistView): void {
    const kept = keeper.read();
    adopt(view);
    if (!kept) return;
    edits = { items: kept.items, removed: kept.removed };
    name = kept.name;
    if (kept.revision === view.revision) keep();
    else mergeOnto(view, { base: kept.base, name: view.name });
  }

  /** Never touches what the person has not saved. */
  function learn(view: PlaylistView): void {
    if (saving || (saved && view.revision < saved.revision)) return;
    if (!saved) begin(view);
    else if (!changed) adopt(view);
    else if (view.revision === saved.revision) saved = view;
    else newer = view;
  }

  async function load(): Promise<PlaylistView | undefined> {
    const answer = await api.playlist(id);
    loadFailure = answer.ok ? undefined : answer.failure;
    return answer.ok ? answer.value : undefined;
  }

  function edit(next: Edits): void {
    if (saving) return;
    edits = next;
    if (outcome.kind !== 'merged') outcome = { kind: 'none' };
    keep();
  }

  async function save(): Promise<void> {
    if (!saved || saving) return;
    const { revision, name: nameBefore } = saved;
    const from = { base, name: nameBefore };
    saving = true;
    const answer = await api.changePlaylist(id, { revision, ...(name === nameBefore ? {} : { name }), items: edits.items });
    saving = false;
    if (answer.ok) {
      adopt(answer.value);
      outcome = { kind: 'saved', revision: answer.value.revision };
      return;
    }
    const { failure } = answer;
    const latest = failure.kind === 'refused' && failure.code === 'playlist-changed' ? await load() : undefined;
    if (latest && failure.kind === 'refused') mergeOnto(latest, from, playlistChangedSchema.safeParse(failure.details).data?.by);
    else outcome = { kind: 'failed', failure };
  }

  return {
    /** As the server has it; `undefined` until it is loaded. */
    get saved() {
      return saved;
    },
    get name() {
      return name;
    },
    get items() {
      return edits.items;
    },
    get removed() {
      return edits.removed;
    },
    get changes(): readonly PublishChange[] {
      return changes;
    },
    get changed() {
      return changed;
    },
    /** Items that lack something, by id: nothing is saved before they are whole. */
    get unfinished(): readonly string[] {
      return unfinished;
    },
    /** Somebody else saved while there are unsaved changes here. */
    get overtaken() {
      return newer !== undefined;
    },
    get saving() {
      return saving;
    },
    get outcome() {
      return outcome;
    },
    get loadFailure() {
      return loadFailure;
    },
    async refresh(): Promise<void> {
      const view = await load();
      if (view) learn(view);
    },
    /** Puts both edits together now, instead of when it is saved. */
    merge: () => newer && saved && mergeOnto(newer, { base, name: saved.name }),
    rename(next: string) {
      name = next;
      keep();
    },
    moveTo: (item: string, index: number) => edit({ ...edits, items: moveTo(edits.items, item, index) }),
    toggle: (item: string) => edit({ ...edits, items: toggled(edits.items, item) }),
    add: (item: SentItem) => edit(addItem(edits, item)),
    change: (item: SentItem) => edit(changeItem(edits, item)),
    copy: (item: string, copy: { readonly id: string; readonly name: string }) => edit(copyItem(edits, item, copy)),
    remove: (item: string) => edit(removeItem(edits, item)),
    withdraw: (item: string) => edit(withdrawItem(edits, item)),
    bringBack: (item: string) => edit(bringBack(edits, item)),
    /** Settles an item that both have touched. */
    settle(clash: Clash, which: 'mine' | 'theirs') {
      const chosen = clash[which];
      if (chosen === undefined) edit(removeItem(edits, clash.id));
      else if (edits.items.some((item) => item.id === clash.id)) edit(changeItem(edits, chosen));
      else edit(addItem(edits, chosen));
      if (outcome.kind === 'merged') outcome = { ...outcome, clashes: outcome.clashes.filter((each) => each.id !== clash.id) };
    },
    undo() {
      if (!saved || saving) return;
      adopt(saved);
      outcome = { kind: 'none' };
    },
    dismiss: () => (outcome = { kind: 'none' }),
    save,
  };
}
export type PlaylistEditor = ReturnType<typeof createPlaylistEditor>;

function renamed(before: string, after: string): PublishChange[] {
  if (before === after) return [];
  return [
    { item: 'name', kind: 'content', words: { vi: `Tên danh sách: “${before}” → “${after}”`, en: `Playlist’s name: “${before}” → “${after}”` }, details: [] },
  ];
}
