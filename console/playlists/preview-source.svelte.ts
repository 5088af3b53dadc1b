// What previews need beside the item: the screens that would play it, campaign and units of what plays now, the figures, the files on hand.
import type { ScreenView } from '../../core/screen-api.ts';
import type { Board } from '../../core/plan.ts';
import { screenKinds } from '../../core/profile.ts';
import type { Api } from '../api-client.ts';
import { language, say } from '../language.svelte.ts';
import { createResource } from '../resource.svelte.ts';
import { screenPresets } from '../../core/screen-presets.ts';
import { filesOnHand } from './files-on-hand.ts';
import type { Wall } from './item-check.ts';
import type { Surroundings } from './preview-plan.ts';

/** Screens that play the playlist; where none does, those that usually are of its kind. Equal ones are looked at once. */
export function wallsOf(screens: readonly ScreenView[], playlist: string, kind: string): Wall[] {
  const own = screens.filter((screen) => screen.playlists.includes(playlist) && screen.condition !== 'revoked');
  const usual = screenPresets.filter(({ profile }) => profile.kind === (screenKinds.find((each) => each === kind) ?? 'lcd'));
  const walls: Wall[] =
    own.length > 0
      ? own.map(({ name, number, profile }) => ({ name, number, profile }))
      : usual.map(({ words, profile }) => ({ name: say('preview.usual', { name: words[language.current] }), number: 0, profile }));
  const looks = walls.map(({ profile }) => JSON.stringify(profile));
  return walls.filter((_, index) => looks.indexOf(looks[index] ?? '') === index);
}

export function createPreviewSource(api: Pick<Api, 'manifest' | 'scoreboard' | 'playlists'>) {
  let around = $state.raw<Surroundings | undefined>(undefined);
  let wanted: string | undefined;
  const scoreboard = createResource(() => api.scoreboard());
  const playlists = createResource(() => api.playlists());
  const files = $derived(filesOnHand(playlists.value ?? []));
  const board = $derived.by((): Board | undefined => {
    const { current, previous } = scoreboard.value ?? { current: null, previous: null };
    return current === null ? undefined : { snapshot: current, previous };
  });

  return {
    get around() {
      return around;
    },
    get board() {
      return board;
    },
    get files() {
      return files;
    },
    refresh() {
      void scoreboard.refresh();
      void playlists.refresh();
    },
    /** Campaign and units travel in every manifest; the playlist's own screens first. */
    async follow(screens: readonly ScreenView[], playlist: string): Promise<void> {
      const own = screens.find((screen) => screen.playlists.includes(playlist) && screen.manifest !== null);
      const sha256 = (own ?? screens.find(({ manifest }) => manifest !== null))?.manifest?.sha256;
      if (sha256 === undefined || sha256 === wanted) return;
      wanted = sha256;
      const answer = await api.manifest(sha256);
      if (answer.ok && wanted === sha256) around = { manifest: sha256, campaign: answer.value.campaign, units: answer.value.units };
      else if (!answer.ok) wanted = undefined;
    },
  };
}
