// A playlist being edited: the version it began with, the changes not saved yet, and what happens when somebody else was faster.
import type { PlaylistView } from '../../core/api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { changesBetween, type PlaylistChange } from '../../core/playlist-changes.ts';
import type { Api, ApiFailure } from '../api-client.ts';
import { moveTo, sameArrangement, toggled } from './order.ts';

type Items = PlaylistView['items'];

/** What became of the last attempt to save. */
export type SaveOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'saved'; readonly revision: number }
  /** Somebody else saved first: the newest version is loaded, and these changes are lost. */
  | { readonly kind: 'conflict'; readonly lost: readonly PlaylistChange[] }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export function createPlaylistEditor(id: string, api: Pick<Api, 'playlist' | 'changePlaylist'>) {
  let saved = $state.raw<PlaylistView | undefined>(undefined);
  let items = $state.raw<Items>([]);
  let newer = $state.raw<PlaylistView | undefined>(undefined);
  let saving = $state(false);
  let outcome = $state.raw<SaveOutcome>({ kind: 'none' });
  let loadFailure = $state.raw<ApiFailure | undefined>(undefined);

  const changed = () => saved !== undefined && !sameArrangement(saved.items, items);

  function adopt(view: PlaylistView): void {
    saved = view;
    items = view.items;
    newer = undefined;
  }

  /** Never touches what the person has not saved. */
  function learn(view: PlaylistView): void {
    if (saving || (saved && view.revision < saved.revision)) return;
    if (!saved || !changed()) adopt(view);
    else if (view.revision === saved.revision) saved = view;
    else newer = view;
  }

  async function load(take: (view: PlaylistView) => void): Promise<void> {
    const answer = await api.playlist(id);
    loadFailure = answer.ok ? undefined : answer.failure;
    if (answer.ok) take(answer.value);
  }

  function edit(next: readonly Items[number][]): void {
    if (saving) return;
    items = [...next];
    outcome = { kind: 'none' };
  }

  async function save(): Promise<void> {
    if (!saved || saving) return;
    const { revision, items: before } = saved;
    const wanted = items;
    saving = true;
    const answer = await api.changePlaylist(id, { revision, items: sentItems(wanted) });
    saving = false;
    if (answer.ok) {
      adopt(answer.value);
      outcome = { kind: 'saved', revision: answer.value.revision };
      return;
    }
    const { failure } = answer;
    if (failure.kind !== 'refused' || failure.code !== 'playlist-changed') {
      outcome = { kind: 'failed', failure };
      return;
    }
    await load(adopt);
    outcome = loadFailure ? { kind: 'failed', failure } : { kind: 'conflict', lost: changesBetween(before, wanted) };
  }

  return {
    /** As the server has it; `undefined` until it is loaded. */
    get saved() {
      return saved;
    },
    get items(): Items {
      return items;
    },
    get changes(): PlaylistChange[] {
      return saved ? changesBetween(saved.items, items) : [];
    },
    get changed() {
      return changed();
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
    refresh: () => load(learn),
    reload: () => load(adopt),
    moveTo: (item: string, index: number) => edit(moveTo(items, item, index)),
    toggle: (item: string) => edit(toggled(items, item)),
    undo: () => saved && edit(saved.items),
    dismiss: () => (outcome = { kind: 'none' }),
    save,
  };
}
export type PlaylistEditor = ReturnType<typeof createPlaylistEditor>;
