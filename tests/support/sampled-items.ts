// Which items of a plan the daily suite shows: of each scene, and each view of a scoreboard, the one with the most words. The whole suite shows all.
import type { Plan } from '../../core/plan.ts';

type PlanItems = Plan['items'];

export function sampledItems(items: PlanItems): PlanItems {
  if (process.env['TEST_FULL'] === '1') return items;
  const chosen = new Map<string, [string, PlanItems[string]]>();
  const words = ({ props }: PlanItems[string]) => JSON.stringify(props).length;
  for (const [id, item] of Object.entries(items)) {
    const kind = `${item.scene} ${typeof item.props['view'] === 'string' ? item.props['view'] : ''}`;
    const before = chosen.get(kind);
    if (!before || words(before[1]) < words(item)) chosen.set(kind, [id, item]);
  }
  return Object.fromEntries(chosen.values());
}
