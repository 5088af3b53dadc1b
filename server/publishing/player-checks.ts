// What the players of some screens cannot draw, by what each said of itself when it connected last.
import type { Item } from '../../core/playlist.ts';
import type { PublishCheck } from '../../core/publish-checks.ts';
import { manifestProtocol } from '../manifests/publish.ts';
import type { Screen } from '../screens/screen-store.ts';

type Facts = Pick<Screen, 'name' | 'capabilities'>;

/** A player that names no scene says nothing about them. */
const canDraw = ({ capabilities }: Facts, scene: string) => !capabilities || capabilities.scenes.length === 0 || capabilities.scenes.includes(scene);

const listed = (screens: readonly Facts[]) => screens.map(({ name }) => `“${name}”`).join(', ');

export function playerChecks(items: readonly Item[], screens: readonly Facts[]): PublishCheck[] {
  const behind = screens.filter(({ capabilities }) => capabilities !== null && capabilities.protocol < manifestProtocol);
  const empty = screens.filter((screen) => items.length > 0 && items.every(({ scene }) => !canDraw(screen, scene)));
  const about = (those: readonly Facts[]) => ({ kind: 'player', screens: those.map(({ name }) => name) }) as const;
  const old: PublishCheck[] =
    behind.length === 0
      ? []
      : [
          {
            ...about(behind),
            severity: 'error',
            words: {
              vi: `Phần mềm trên màn hình ${listed(behind)} quá cũ để nhận chương trình này. Cập nhật phần mềm ở đó trước.`,
              en: `The software on ${listed(behind)} is too old to take this programme. Update it first.`,
            },
          },
        ];
  const bare: PublishCheck[] =
    empty.length === 0
      ? []
      : [
          {
            ...about(empty),
            severity: 'error',
            words: {
              vi: `Màn hình ${listed(empty)} không chiếu được mục nào trong danh sách này. Cập nhật phần mềm ở đó, hoặc thêm một mục mà màn hình chiếu được.`,
              en: `${listed(empty)} can show no item of this playlist. Update the software there, or add an item that it can show.`,
            },
          },
        ];
  const skipped = items.flatMap((item): PublishCheck[] => {
    const unable = screens.filter((screen) => !empty.includes(screen) && !canDraw(screen, item.scene));
    if (unable.length === 0) return [];
    const words = {
      vi: `Mục “${item.name}” sẽ bị bỏ qua trên màn hình ${listed(unable)}: phần mềm ở đó chưa biết cảnh này. Cập nhật phần mềm nếu mục phải lên màn hình ấy.`,
      en: `“${item.name}” will be left out on ${listed(unable)}, whose software does not know this scene. Update it if the item has to be shown there.`,
    };
    return [{ ...about(unable), severity: 'warning', item: item.id, words }];
  });
  return [...old, ...bare, ...skipped];
}
