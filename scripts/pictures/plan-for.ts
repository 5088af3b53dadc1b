// A plan of one turn for a screen, made of what ships.
import type { Plan, PlanTurn } from '../../core/plan.ts';
import type { Language } from '../../core/primitives.ts';
import { scoreboardViews, type SceneName } from '../../core/scenes.ts';
import { codeOf } from '../../core/links.ts';
import { hashOf, hashOfAsset, pictures, planItems, shippedCampaign, shippedPlaylist, shippedUnits, type Tree } from './shipped-content.ts';
import { pictureScreens, type PictureScreen } from './screens.ts';

export interface PlanWish {
  readonly screen: PictureScreen;
  readonly now: number;
  readonly tree: Tree;
  readonly language: Language;
  readonly turns: readonly PlanTurn[];
}

const posters = { street: 'pictures/report-street.svg', reception: 'pictures/help.svg', kiosk: 'pictures/help-portrait.svg' } as const;

/** Where the screens of the pictures stand: huyện Đan Phượng and xã Đan Phượng. */
const ownUnits = { 'hanoi-districts': 'd273', 'hanoi-communes-2025': 'c09784' } as const;

export function planFor({ screen, now, tree, language, turns }: PlanWish): Plan {
  const { playlist, profile } = pictureScreens[screen];
  const campaign = shippedCampaign(tree, now);
  const { items, media } = planItems(shippedPlaylist(playlist), codeOf(campaign, { owner: 1, item: 1 }));
  return {
    manifest: 'factory',
    screen: { name: screen, number: 1, trial: true, unit: ownUnits[tree] },
    profile,
    campaign,
    units: shippedUnits(tree),
    language,
    items: { ...viewItems(), ...pictureItem(media), ...videoItem(playlist, media), ...items },
    turns: [...turns],
    media,
    clockOffsetMs: 0,
  };
}

/** Every view of the scoreboard, whether or not the screen's playlist has it. */
function viewItems(): Plan['items'] {
  const title = { vi: 'Kết quả thi đua cài đặt iHanoi', en: 'iHanoi installation: standings' };
  return Object.fromEntries(scoreboardViews.map((view) => [`view-${view}`, { scene: 'scoreboard', props: { title, view } }]));
}

function pictureItem(media: Record<string, string>): Plan['items'] {
  const [asset] = pictures();
  if (asset === undefined) return {};
  const sha256 = hashOfAsset(asset);
  media[sha256] = `media/${asset}`;
  const words = { alt: { vi: 'Gửi phản ánh, kiến nghị' }, caption: { vi: 'Gửi phản ánh trên iHanoi', en: 'Report it on iHanoi' } };
  return { 'any-picture': { scene: 'picture', props: { media: sha256, ...words, fit: 'cover' } } };
}

/** None ships: a film that stands still, so that each of its frames is the same. */
function videoItem(playlist: keyof typeof posters, media: Record<string, string>): Plan['items'] {
  const file = (path: string, address: string) => {
    const sha256 = hashOf(new URL(path, import.meta.url));
    media[sha256] = address;
    return sha256;
  };
  const film = (name: string) => file(`film/${name}`, `media/film/${name}`);
  const poster = posters[playlist];
  const words = {
    alt: {
      vi: 'Thành viên Tổ chuyển đổi số cộng đồng hướng dẫn người dân tại quầy',
      en: 'A member of the community digital team helps residents at the counter',
    },
    caption: { vi: 'Phim: cài đặt iHanoi', en: 'Film: installing iHanoi' },
  };
  const props = { media: film('help.webm'), captions: film('help.vtt'), poster: file(`../../assets/${poster}`, `media/${poster}`), ...words, fit: 'cover' };
  return { 'any-video': { scene: 'video', props } };
}

/** The item of a plan that shows a scene: the playlist's own where it has one. */
export function itemWith(plan: Plan, scene: SceneName): string | undefined {
  const own = Object.entries(plan.items).filter(([, item]) => item.scene === scene);
  return (own.find(([id]) => !id.startsWith('view-') && !id.startsWith('any-')) ?? own[0])?.[0];
}
