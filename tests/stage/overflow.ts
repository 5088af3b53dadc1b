// What a person would call "cut off": words outside the layer or over their box, and letters under the least size of the screen.
import type { Page } from 'playwright-core';

/** Words without stacked marks may be smaller on an LED: 16 against 24 pixels of capitals. */
const plainShare = 16 / 24;

export function overflowing(page: Page, leastPx: number): Promise<string[]> {
  return page.evaluate(
    ({ least, plain }) => {
      const layer = document.querySelector('[data-turn]');
      if (!layer) return ['nothing is shown'];
      const bounds = layer.getBoundingClientRect();
      const problems: string[] = [...layer.querySelectorAll('[data-clipped]')].map((box) => `clipped: ${box.textContent}`);
      const texts = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const text = node.textContent?.trim() ?? '';
        const parent = node.parentElement;
        if (text === '' || !parent || parent.closest('.watermark') || parent.closest('svg')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const size = Number.parseFloat(getComputedStyle(parent).fontSize);
        for (const rect of range.getClientRects()) {
          if (rect.width === 0) continue;
          const { left, right } = rect;
          // The rectangle of a text is as tall as its font's bounds, which large figures never fill.
          const slack = Math.max(0, (rect.height - size * 1.02) / 2);
          const top = rect.top + slack;
          const bottom = rect.bottom - slack;
          if (left < bounds.left - 1 || right > bounds.right + 1 || top < bounds.top - 1 || bottom > bounds.bottom + 1) problems.push(`outside: ${text}`);
          const box = parent.closest('.fit')?.getBoundingClientRect();
          if (box && (left < box.left - Math.max(3, size * 0.06) || right > box.right + 3)) problems.push(`wider than its box: ${text}`);
        }
        if (size < (/\p{M}{2}/u.test(text.normalize('NFD')) ? least : Math.floor(least * plain)) - 0.5) problems.push(`too small (${size} px): ${text}`);
      }
      return [...new Set(problems)];
    },
    { least: leastPx, plain: plainShare },
  );
}
