// Words that a screen spares its people, and sentences that it keeps whole, in the built stage.
import { expect, it } from 'vitest';
import { localDay } from '../../core/campaign.ts';
import type { Plan } from '../../core/plan.ts';
import { atRest, type StagePage } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { screens, type ScreenName } from '../../scripts/pictures/screens.ts';
import { shippedBoard, shippedCampaign } from '../../scripts/pictures/shipped-content.ts';
import { describeStage } from '../support/bare-stage.ts';

const tree = 'hanoi-districts';
const dayMs = 86_400_000;

describeStage('the words of a screen', (rig) => {
  async function showing(screen: ScreenName, item: string, change: (plan: Plan) => Plan = (plan) => plan): Promise<StagePage> {
    const stage = await rig.open(screens[screen].profile.viewport);
    const now = Date.now();
    const turn = { id: 'now', start: now - 1_000, end: now + 600_000, item };
    await stage.tell({ type: 'board', board: shippedBoard(shippedCampaign(tree, now), tree, now) });
    await stage.tell({ type: 'plan', plan: change(planFor({ screen, now, tree, language: 'vi', turns: [turn] })) });
    await stage.shows('now');
    await atRest(stage.page);
    return stage;
  }
  const saying = async ({ page }: StagePage) => (await page.innerText('[data-turn]')).replace(/\s+/g, ' ');

  it('name the whole city once where the heading does', async () => {
    const stage = await showing('street', 'city');
    expect((await saying(stage)).match(/Toàn thành phố/g)).toHaveLength(1);
    await stage.page.close();
  });

  it('and above the figure where the heading says something else, or there is none', async () => {
    for (const [screen, item] of [
      ['street', 'view-city'],
      ['strip', 'city'],
    ] as const) {
      const stage = await showing(screen, item);
      expect((await saying(stage)).match(/Toàn thành phố/g), screen).toHaveLength(1);
      await stage.page.close();
    }
  });

  it.each([
    ['street', /đến hết ngày \d\d\/\d\d(?!\/)/],
    ['reception', /đến hết ngày \d\d\/\d\d\/\d{4}/],
  ] as const)('leave the year of the last day to people who wait: %s', async (screen, said) => {
    const stage = await showing(screen, 'countdown', (plan) => {
      const item = plan.items['countdown'];
      const until = localDay(Date.now() + 10 * dayMs, plan.campaign.zone);
      return item ? { ...plan, items: { ...plan.items, countdown: { ...item, props: { ...item.props, until } } } } : plan;
    });
    expect(await saying(stage)).toMatch(said);
    await stage.page.close();
  });

  it('break the warning beside a code between its sentences', async () => {
    const stage = await showing('reception', 'install');
    const begins = await stage.page.$eval('.note p', (note) => {
      const text = note.firstChild;
      const at = (text?.textContent ?? '').indexOf('Cán');
      if (!text || at < 0) return undefined;
      const letter = document.createRange();
      letter.setStart(text, at);
      letter.setEnd(text, at + 1);
      return letter.getBoundingClientRect().left - note.getBoundingClientRect().left;
    });
    expect(begins).toBeLessThan(2);
    await stage.page.close();
  });
});
