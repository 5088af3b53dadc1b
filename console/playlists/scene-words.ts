// A scene's name and sign for staff; a scene that this console does not know keeps its own name.
import type { Say } from '../messages.ts';
import type { IconName } from '../ui/icons.ts';

const signs: Readonly<Record<string, IconName>> = {
  install: 'code',
  scoreboard: 'scoreboard',
  picture: 'picture',
  video: 'video',
  message: 'words',
  motto: 'list',
  story: 'pages',
  countdown: 'calendar',
  clock: 'clock',
};

export function sceneIcon(scene: string): IconName {
  return signs[scene] ?? 'other';
}

export function sceneText(scene: string, say: Say): string {
  switch (scene) {
    case 'install':
    case 'scoreboard':
    case 'picture':
    case 'video':
    case 'message':
    case 'motto':
    case 'story':
    case 'countdown':
    case 'clock':
      return say(`scene.${scene}`);
    default:
      return say('scene.other', { scene });
  }
}
