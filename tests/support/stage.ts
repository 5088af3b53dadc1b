// What the page on screen says of itself: the fixed attributes of its visible layer and root.
import type { Page } from 'playwright-core';

export interface Visible {
  readonly item: string;
  readonly scene: string;
  readonly turn: string;
  readonly scan: string | undefined;
  readonly manifest: string | undefined;
  readonly state: string | undefined;
}

export async function visibleNow(page: Page): Promise<Visible | undefined> {
  return page.evaluate(() => {
    const layer = document.querySelector<HTMLElement>('[data-item][data-turn]');
    const stage = document.querySelector<HTMLElement>('[data-state]');
    if (!layer) return undefined;
    const { item = '', scene = '', turn = '' } = layer.dataset;
    return { item, scene, turn, scan: layer.dataset['scan'], manifest: stage?.dataset['manifest'], state: stage?.dataset['state'] };
  });
}

/** Longer than a box keeps away what a busy machine could not draw in time, and than a playlist takes to come round. */
const patienceMs = 150_000;

/** Waits until a scene is on the visible layer. */
export async function waitForScene(page: Page, scene: string): Promise<Visible> {
  await page.waitForSelector(`[data-item][data-scene="${scene}"]`, { timeout: patienceMs, state: 'attached' });
  const visible = await visibleNow(page);
  if (visible?.scene !== scene) return waitForScene(page, scene);
  return visible;
}

/** Waits until another turn than this one is on the visible layer. */
export async function waitForNextTurn(page: Page, turn: string): Promise<void> {
  await page.waitForFunction((before) => document.querySelector<HTMLElement>('[data-item][data-turn]')?.dataset['turn'] !== before, turn, { timeout: 60_000 });
}

/** What is written there as people read it: words that stay on one line have other spaces between them. */
export async function wordsOn(page: Page, selector: string): Promise<string> {
  return ((await page.textContent(selector)) ?? '').normalize('NFC').replaceAll('\u00a0', ' ');
}

/** Waits until two frames were drawn, so that a screenshot shows what the DOM says. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
}
