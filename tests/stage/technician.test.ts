// A technician in front of a real page: five presses in the corner bring the pad, the player's answers are said in words, and it goes by itself without taking the picture away.
import { expect, it } from 'vitest';
import { awkwardDiagnosis } from '../../scripts/pictures/awkward-diagnosis.ts';
import type { StagePage } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { screens, type ScreenName } from '../../scripts/pictures/screens.ts';
import { describeStage } from '../support/bare-stage.ts';

describeStage('the technician’s pad', (rig) => {
  async function show(screen: ScreenName): Promise<StagePage> {
    const { viewport } = screens[screen].profile;
    const stage = await rig.open({ width: viewport.width, height: viewport.height });
    const now = Date.now();
    const turn = { id: 'now', start: now - 1_000, end: now + 600_000, item: 'otp' };
    await stage.tell({ type: 'plan', plan: planFor({ screen, now, tree: 'hanoi-districts', language: 'vi', turns: [turn] }) });
    await stage.shows('now');
    return stage;
  }
  const pressCorner = async ({ page }: StagePage, times: number) => {
    for (let press = 0; press < times; press++) await page.mouse.click(12, 12);
  };
  const type = async ({ page }: StagePage, digits: string) => {
    for (const digit of digits) await page.click(`.pad button:text-is("${digit}")`);
  };
  const asked = async (stage: StagePage) => (await stage.said()).filter((message) => message.type === 'technician');

  it.each(['kiosk', 'pole', 'strip'] as const)(
    'comes after five presses on the %s, asks the player once six digits are typed, and shows what it says',
    async (screen) => {
      const stage = await show(screen);
      const { page } = stage;
      await pressCorner(stage, 4);
      expect(await page.$('[data-technician]')).toBeNull();
      await pressCorner(stage, 1);
      await page.waitForSelector('[data-technician="pin"]');
      // The programme goes on below, and is still what the page says it shows.
      expect(await page.getAttribute('[data-turn]', 'data-turn')).toBe('now');

      await type(stage, '31415');
      expect(await asked(stage)).toEqual([]);
      await page.click('.pad button:text-is("Xóa")');
      await type(stage, '59');
      expect(await asked(stage)).toEqual([{ type: 'technician', pin: '314159', wish: 'diagnosis' }]);
      await stage.tell({ type: 'technician', answer: { result: 'wrong', triesLeft: 4 } });
      await page.waitForSelector('[role="status"]:has-text("Mã PIN không đúng. Còn 4 lần thử.")');

      await type(stage, '271828');
      await stage.tell({ type: 'technician', answer: { result: 'diagnosis', diagnosis: awkwardDiagnosis(Date.now()) } });
      await page.waitForSelector('[data-technician="diagnosis"]');
      const words = await page.innerText('[data-technician]');
      for (const part of ['1234', 'eth0 192.168.100.120', 'chưa kết nối', 'Ổ đĩa của thiết bị sắp đầy', 'video đứng hình', '412'])
        expect(words).toContain(part);
      expect(await page.$$('[data-technician] [data-clipped]')).toEqual([]);
      if (screen === 'strip') expect(await page.$eval('.facts .fit', (box) => Number.parseFloat(getComputedStyle(box).fontSize))).toBeGreaterThanOrEqual(14);
      // What one person wrote is read indoors only.
      expect(words.includes('Văn Miếu')).toBe(screens[screen].profile.audience === 'indoor');

      await page.click('.acts button:text-is("Bảng thử")');
      expect((await asked(stage)).at(-1)).toEqual({ type: 'technician', pin: '271828', wish: 'test-card' });
      await stage.tell({ type: 'technician', answer: { result: 'done' } });
      await page.waitForSelector('[data-technician]', { state: 'detached' });
      await page.close();
    },
  );

  it('says so when no player answers, and goes by itself when nobody presses', async () => {
    const stage = await show('kiosk');
    const { page } = stage;
    await page.clock.install();
    await pressCorner(stage, 5);
    await type(stage, '123456');
    await page.clock.fastForward(5_000);
    await page.waitForSelector('[role="status"]:has-text("Trình phát không trả lời")');
    await page.clock.fastForward(20_000);
    await page.waitForSelector('[data-technician]', { state: 'detached' });
    expect(await page.getAttribute('[data-turn]', 'data-turn')).toBe('now');
    await page.close();
  });
});
