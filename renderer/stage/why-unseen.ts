// Whether what the visible layer holds can really be seen: it has a box, is not hidden, and nothing lies over the stage.

const leastPx = 1;
/** Where the stage is probed, as parts of its width and height. */
const probes = [0.03, 0.5, 0.97];

const isVisible = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

function overlaps(a: DOMRect, b: DOMRect): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) >= leastPx && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) >= leastPx;
}

const nameOf = (element: Element) => `<${element.tagName.toLowerCase()}>`;

/** Elements of the page that are no part of the stage and lie on it, whether they take clicks or not. */
function strangerOver(stage: Element, box: DOMRect): Element | undefined {
  const { body, documentElement, head } = stage.ownerDocument;
  const others = [...body.children, ...documentElement.children].filter((element) => element !== head && !element.contains(stage));
  return others.find((element) => isVisible(element) && overlaps(element.getBoundingClientRect(), box));
}

/** @returns `undefined` when everything can be seen */
export function whyUnseen(stage: HTMLElement): string | undefined {
  const box = stage.getBoundingClientRect();
  const layer = stage.querySelector('[data-cover], [data-turn]');
  if (!layer) return 'no layer is visible';
  const drawn = layer.getBoundingClientRect();
  if (drawn.width < leastPx || drawn.height < leastPx || !overlaps(drawn, box)) return 'the visible layer has no box';
  if (!isVisible(layer)) return 'the visible layer is hidden';
  const stranger = strangerOver(stage, box);
  if (stranger) return `${nameOf(stranger)} lies over the stage`;
  for (const across of probes) {
    for (const down of probes) {
      const top = stage.ownerDocument.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
      // Outside the window there is nothing to hit; a viewport larger than the output is told by its size.
      if (top && !stage.contains(top)) return `${nameOf(top)} lies over the stage`;
    }
  }
  return undefined;
}
