// Where the ink of each word on a page stands: what is cut at an edge, lies behind the frames of a wall, over other words or over a code, marks such as those of Ặ and Ỗ included.
import type { Page } from 'playwright-core';

/** Pixels that smoothing may take. */
const slackPx = 1;

/** One line for each word that a person would find cut or overlapping. */
export function inkFaults(page: Page): Promise<string[]> {
  return page.evaluate((slack) => {
    interface Ink {
      readonly word: string;
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
    const context = document.createElement('canvas').getContext('2d');
    const stage = document.querySelector('main');
    if (!context || !stage) return ['there is no stage'];
    const clips = (element: Element) => getComputedStyle(element).overflow !== 'visible';
    /** What cuts a text, up to the stage itself. */
    const edgesOf = (element: Element) => {
      const edges: Element[] = [];
      for (let at: Element | null = element; at && at !== stage; at = at.parentElement) if (clips(at)) edges.push(at);
      return [...edges, stage].map((edge) => edge.getBoundingClientRect());
    };
    /** Seen by people: not of the layer behind, not under a card that covers all. */
    const isSeen = (element: Element, { left, right, top, bottom }: DOMRect) => {
      if (element.closest('[aria-hidden="true"], [hidden], .watermark, .sr-only')) return false;
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return !over || over === element || over.contains(element) || element.contains(over) || getComputedStyle(over).pointerEvents === 'none';
    };

    const [across, down] = ['across', 'down'].map((way) => {
      const canvas = document.querySelector(`[data-frames-${way}]`);
      const spans = canvas?.getAttribute(`data-frames-${way}`)?.split(' ') ?? [];
      return spans.map((span) => span.split('-').map(Number) as [number, number]);
    }) as [[number, number][], [number, number][]];
    const isBehind = (frames: readonly (readonly [number, number])[], from: number, until: number) =>
      frames.some(([start, end]) => Math.min(until, end) - Math.max(from, start) > slack);

    const inks: Ink[] = [];
    const faults = new Set<string>();
    const texts = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent ?? '';
      if (text.trim() === '' || !element || element.closest('svg')) continue;
      const { fontWeight, fontSize, fontFamily, textTransform } = getComputedStyle(element);
      context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      const edges = edgesOf(element);
      for (const { 0: word, index } of text.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const [rect] = range.getClientRects();
        if (!rect || rect.width === 0 || !isSeen(element, rect)) continue;
        const ink = context.measureText(textTransform === 'uppercase' ? word.toUpperCase() : word);
        const baseline = rect.top + (rect.height - ink.fontBoundingBoxAscent - ink.fontBoundingBoxDescent) / 2 + ink.fontBoundingBoxAscent;
        const found = {
          word,
          left: rect.left,
          right: rect.right,
          top: baseline - ink.actualBoundingBoxAscent,
          bottom: baseline + ink.actualBoundingBoxDescent,
        };
        for (const edge of edges) {
          const isCut =
            found.left < edge.left - slack || found.right > edge.right + slack || found.top < edge.top - slack || found.bottom > edge.bottom + slack;
          if (isCut) faults.add(`cut: ${word}`);
        }
        if (isBehind(across, found.left, found.right) || isBehind(down, found.top, found.bottom)) faults.add(`behind a frame: ${word}`);
        inks.push(found);
      }
    }
    const codes = [...document.querySelectorAll('[data-turn] svg.code')].flatMap((code): Ink[] => {
      const box = code.getBoundingClientRect();
      return isSeen(code, box) ? [{ word: 'the code', left: box.left, right: box.right, top: box.top, bottom: box.bottom }] : [];
    });
    inks.forEach((one, index) => {
      for (const other of [...inks.slice(index + 1), ...codes]) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > slack && down > slack) faults.add(`over each other: ${one.word} and ${other.word}`);
      }
    });
    return [...faults];
  }, slackPx);
}
