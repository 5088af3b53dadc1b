// Which pictures are made: SCENE-WIDTHxHEIGHT-CASE.
import { sceneNames, scoreboardViews, type SceneName } from '../../core/scenes.ts';
import { hasRoomForMap } from '../../core/map/city-map.ts';
import type { Profile } from '../../core/profile.ts';
import type { Language } from '../../core/primitives.ts';
import { awkwardData, type AwkwardData } from './awkward-boards.ts';
import { coverNames, type CoverName } from './covers.ts';
import { moreScreens, pictureScreens, screenNames, type PictureScreen } from './screens.ts';
import type { Tree } from './shipped-content.ts';

export interface Shot {
  readonly name: string;
  readonly scene: SceneName;
  readonly screen: PictureScreen;
  readonly tree: Tree;
  readonly language: Language;
  /** Item of the plan; the first with the scene when absent. */
  readonly item?: string;
  /** How much of the turn has passed, 0 to 1. */
  readonly through?: number;
  readonly pairing?: boolean;
  readonly revoked?: boolean;
  /** The figures are the final result. */
  readonly final?: boolean;
  /** Figures that a layout finds hard; the sample's when absent. */
  readonly data?: AwkwardData;
  /** Time of day, "HH:MM"; ten in the morning when absent. */
  readonly time?: string;
  /** What differs in the screen's profile. */
  readonly profile?: Partial<Profile>;
  /** What lies over the programme. */
  readonly cover?: CoverName;
  /** What a technician in front of it sees. */
  readonly technician?: 'pin' | 'diagnosis';
  /** Somebody looks for the screen of this name. */
  readonly identify?: string;
}

const base = { tree: 'hanoi-districts', language: 'vi' } as const;
/** Screens of one size differ by what the second is. */
const apart = (screen: PictureScreen) => (screen.startsWith('hall') ? '-hall' : screen === 'tall-lcd' ? '-lcd' : screen === 'wall' ? '-wall' : '');
const size = (screen: PictureScreen) => {
  const { width, height } = pictureScreens[screen].profile.viewport;
  return `${width}x${height}${apart(screen)}`;
};
const named = (scene: SceneName, screen: PictureScreen, label: string, more: Partial<Shot> = {}): Shot => ({
  ...base,
  scene,
  screen,
  name: `${scene}-${size(screen)}-${label}`,
  ...more,
});

const scenes = screenNames.flatMap((screen) => sceneNames.map((scene) => named(scene, screen, 'vi', scene === 'scoreboard' ? { item: 'view-ranking' } : {})));
const views = screenNames.flatMap((screen) =>
  scoreboardViews.flatMap((view) => (view === 'ranking' || view === 'map' ? [] : [named('scoreboard', screen, `vi-${view}`, { item: `view-${view}` })])),
);
const communes = screenNames.flatMap((screen) => [
  named('scoreboard', screen, 'vi-communes', { tree: 'hanoi-communes-2025', item: 'view-ranking' }),
  ...(['leaders', 'own'] as const).map((view) => named('scoreboard', screen, `vi-communes-${view}`, { tree: 'hanoi-communes-2025', item: `view-${view}` })),
]);
const maps = (Object.keys(pictureScreens) as PictureScreen[])
  .filter((screen) => hasRoomForMap(pictureScreens[screen].profile))
  .map((screen) => named('scoreboard', screen, 'vi-communes-map', { tree: 'hanoi-communes-2025', item: 'view-map' }));
const finals = (['street', 'strip', 'pole', 'reception', 'kiosk'] as const).flatMap((screen) =>
  (['ranking', 'city'] as const).map((view) => named('scoreboard', screen, `vi-final-${view}`, { item: `view-${view}`, final: true })),
);
const pages = [0.4, 0.95].map((through, index) => named('scoreboard', 'reception', `vi-page${index === 0 ? 2 : 4}`, { item: 'view-ranking', through }));
const english = (Object.keys(pictureScreens) as PictureScreen[]).flatMap((screen) =>
  sceneNames.map((scene) => named(scene, screen, 'en', { language: 'en', ...(scene === 'scoreboard' ? { item: 'view-ranking' } : {}) })),
);
/** The views and orders that are worded by the stage itself. */
const englishViews = (['street', 'strip', 'pole', 'reception', 'kiosk', 'square'] as const).flatMap((screen) => [
  ...scoreboardViews.flatMap((view) =>
    view === 'ranking' || view === 'map' ? [] : [named('scoreboard', screen, `en-${view}`, { language: 'en', item: `view-${view}` })],
  ),
  ...(['leaders', 'own'] as const).map((view) =>
    named('scoreboard', screen, `en-communes-${view}`, { language: 'en', tree: 'hanoi-communes-2025', item: `view-${view}` }),
  ),
  named('scoreboard', screen, 'en-none', { language: 'en', item: 'view-ranking', data: 'none' }),
  named('scoreboard', screen, 'en-final', { language: 'en', item: 'view-city', final: true }),
]);
const messages = [
  ...['otp', 'helpers', 'helpline'].flatMap((item) =>
    (['street', 'strip', 'pole', 'reception'] as const).map((screen) => named('message', screen, `vi-${item}`, { item })),
  ),
  named('message', 'kiosk', 'vi-weekend', { item: 'weekend' }),
];
const others = [...(Object.keys(moreScreens) as PictureScreen[]), 'wall' as const].flatMap((screen) =>
  sceneNames.map((scene) => named(scene, screen, 'vi', scene === 'scoreboard' ? { item: 'view-ranking' } : {})),
);
const story = (['reception', 'kiosk'] as const).map((screen) => named('story', screen, 'vi-page3', { through: 0.6 }));
/** By every view that draws other figures. */
const awkward = (['street', 'strip', 'pole', 'reception', 'kiosk', 'square'] as const).flatMap((screen) =>
  awkwardData.flatMap((data) =>
    (['ranking', 'city', 'own', 'risers'] as const).map((view) =>
      named('scoreboard', screen, `vi-${view}-${data}`, { item: `view-${view}`, data, ...(data === 'longest' ? { tree: 'hanoi-communes-2025' } : {}) }),
    ),
  ),
);
const covers = [
  ...screenNames.flatMap((screen) => coverNames.map((cover) => ({ ...named('install', screen, 'vi', { cover }), name: `${cover}-${size(screen)}-vi` }))),
  ...screenNames.flatMap((screen) =>
    (['solemn', 'alert', 'drill', 'test'] as const).map((cover) => ({
      ...named('install', screen, 'en', { cover, language: 'en' }),
      name: `${cover}-${size(screen)}-en`,
    })),
  ),
  ...(['solemn', 'alert', 'drill', 'stopped'] as const).map((cover) => ({
    ...named('install', 'wall', 'vi', { cover }),
    name: `${cover}-${size('wall')}-vi`,
  })),
];
const overlays = screenNames.flatMap((screen) => [
  named('install', screen, 'pairing', { pairing: true }),
  named('install', screen, 'revoked', { revoked: true }),
  ...(['pin', 'diagnosis'] as const).map((technician) => named('install', screen, technician, { technician })),
  named('install', screen, 'identify', { tree: 'hanoi-communes-2025', identify: 'Bộ phận Một cửa phường Văn Miếu - Quốc Tử Giám, tầng 2' }),
]);

/** The variants of the palette: LEDs at night whose controllers dim, a lobby in the sun, a dark hall. */
const lights = (['install', 'scoreboard', 'message', 'picture', 'video'] as const).flatMap((scene) => {
  const item = scene === 'scoreboard' ? { item: 'view-leaders' } : {};
  return [
    ...(['street', 'strip', 'pole'] as const).map((screen) => named(scene, screen, 'vi-night', { ...item, time: '20:00' })),
    ...(['reception', 'kiosk'] as const).flatMap((screen) => [
      named(scene, screen, 'vi-dark', { ...item, profile: { surroundings: 'dark' } }),
      named(scene, screen, 'vi-daylight', { ...item, profile: { surroundings: 'bright' } }),
    ]),
  ];
});

export const allShots: readonly Shot[] = [
  ...scenes,
  ...views,
  ...communes,
  ...maps,
  ...finals,
  ...pages,
  ...english,
  ...englishViews,
  ...messages,
  ...story,
  ...others,
  ...overlays,
  ...covers,
  ...lights,
  ...awkward,
];

const golden = (name: string) => allShots.find((shot) => shot.name === name) ?? [];
/** Those that later pictures are held against: each scene where people meet it, each composition, light and overlay at least once. */
export const goldenShots: readonly Shot[] = [
  ...['960x576', '1056x288', '192x384', '1920x1080', '1080x1920', '1080x1080'].flatMap((pixels) =>
    ['install', 'scoreboard', 'message', 'motto', 'countdown', 'clock', 'picture'].map((scene) => `${scene}-${pixels}-vi`),
  ),
  ...['story-1920x1080-vi', 'story-1080x1920-vi', 'story-1080x1080-vi', 'install-1080x1920-en', 'scoreboard-1920x1080-en'],
  ...['960x576-vi-night', '192x384-vi-night', '1920x1080-vi-dark', '1920x1080-vi-daylight'].map((light) => `install-${light}`),
  ...['city', 'own', 'leaders', 'risers', 'communes-map'].map((view) => `scoreboard-1920x1080-vi-${view}`),
  ...['city', 'own'].map((view) => `scoreboard-960x576-vi-${view}`),
  ...['ranking-longest', 'ranking-stale', 'ranking-none'].map((awkwardCase) => `scoreboard-1920x1080-vi-${awkwardCase}`),
  ...[
    'video-960x576-vi',
    'video-1056x288-hall-vi',
    'video-1920x1080-vi',
    'video-1080x1920-vi',
    'install-1952x540-wall-vi',
    'message-1952x540-wall-vi',
    'scoreboard-960x576-vi-ranking-none',
  ],
  ...['install-1920x1080-pin', 'install-1080x1920-diagnosis'],
  ...['alert', 'solemn', 'stopped', 'test'].flatMap((cover) => [`${cover}-960x576-vi`, `${cover}-1920x1080-vi`]),
].flatMap(golden);

export const docShots: readonly Shot[] = [
  { ...named('install', 'street', 'vi'), name: 'street' },
  { ...named('install', 'reception', 'vi'), name: 'reception' },
  { ...named('install', 'kiosk', 'vi'), name: 'kiosk' },
  { ...named('scoreboard', 'reception', 'vi', { item: 'view-ranking' }), name: 'scoreboard' },
];
