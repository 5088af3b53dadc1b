// Contrast of words as people see it: the colour of each text against the pixels behind it, taken from a second picture of the same page without its words.
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { luminanceRatio, relativeLuminance } from '../../core/legibility/contrast.ts';

/** Of the pixels behind a text, so many may be worse: a line of the motif, the edge of its box. */
const forgivenShare = 0.05;
/** Pixels looked at behind each text. */
const samples = 600;

interface Word {
  readonly text: string;
  /** Red, green, blue, opacity 0 to 1. */
  readonly colour: readonly number[];
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

function words(page: Page): Promise<Word[]> {
  return page.evaluate(() => {
    const stage = document.querySelector('main');
    const found: Word[] = [];
    if (!stage) return found;
    const texts = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      // A sample's watermark is no content: it lies over the words, which have to stay legible.
      if (text === '' || !element || element.closest('[aria-hidden="true"], [hidden], .watermark, svg')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const [box] = range.getClientRects();
      if (!box || box.width === 0) continue;
      const isCovered = [0.25, 0.5, 0.75].some((part) => {
        const over = document.elementFromPoint((box.left + box.right) / 2, box.top + part * (box.bottom - box.top));
        return over && !over.contains(element) && !element.contains(over) && getComputedStyle(over).pointerEvents !== 'none';
      });
      if (isCovered) continue;
      const [red = 0, green = 0, blue = 0, alpha = 1] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
      let [drawn, opacity] = [[red, green, blue], alpha];
      for (let at: Element | null = element; at; at = at.parentElement) {
        const around = getComputedStyle(at);
        opacity *= Number(around.opacity);
        // Stale figures lose their colour, and some of their light.
        for (const [, filter, amount] of around.filter.matchAll(/(grayscale|brightness)\(([\d.]+)\)/g)) {
          const grey = drawn.reduce((sum, value, channel) => sum + value * ([0.2126, 0.7152, 0.0722][channel] ?? 0), 0);
          drawn = drawn.map((value) => (filter === 'grayscale' ? value + (grey - value) * Number(amount) : Math.min(255, value * Number(amount))));
        }
      }
      const { left, right } = box;
      // Where the letters are; the rectangle of a text is taller, and may reach over the edge of its ground.
      const inset = Math.max(0, (box.height - Number.parseFloat(getComputedStyle(element).fontSize) * 0.8) / 2);
      const [top, bottom] = [box.top + inset, box.bottom - inset];
      found.push({ text, colour: [...drawn, opacity], box: { left, top, right, bottom } });
    }
    return found;
  });
}

/** One line for each text below a ratio. */
export async function faintWords(page: Page, leastRatio: number): Promise<string[]> {
  const found = await words(page);
  const style = await page.evaluateHandle(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('main * { color: transparent !important; text-shadow: none !important; } .watermark, .night { visibility: hidden !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return sheet;
  });
  const { data, width, height } = PNG.sync.read(await page.screenshot());
  await style.evaluate((sheet) => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  });
  return found.flatMap(({ text, colour: [red = 0, green = 0, blue = 0, opacity = 1], box }) => {
    const ratios: number[] = [];
    const step = Math.max(1, Math.floor(Math.sqrt(((box.right - box.left) * (box.bottom - box.top)) / samples)));
    for (let y = Math.max(0, Math.ceil(box.top)); y < Math.min(height, box.bottom); y += step)
      for (let x = Math.max(0, Math.ceil(box.left)); x < Math.min(width, box.right); x += step) {
        const at = (y * width + x) * 4;
        const behind = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
        const mixed = (value: number, ground: number) => value * opacity + ground * (1 - opacity);
        ratios.push(luminanceRatio(relativeLuminance([mixed(red, behind[0]), mixed(green, behind[1]), mixed(blue, behind[2])]), relativeLuminance(behind)));
      }
    const ratio = ratios.sort((a, b) => a - b)[Math.floor(ratios.length * forgivenShare)] ?? Infinity;
    return ratio < leastRatio ? [`${text}: ${ratio.toFixed(1)} to 1`] : [];
  });
}
