// Moves an element by the part of a pixel that its layout left over, so that its edges fall on the screen's pixels.

export function onWholePixels(element: SVGElement): () => void {
  const align = () => {
    element.style.left = '0px';
    element.style.top = '0px';
    const { left, top } = element.getBoundingClientRect();
    element.style.left = `${Math.round(left) - left}px`;
    element.style.top = `${Math.round(top) - top}px`;
  };
  align();
  const watcher = new ResizeObserver(align);
  watcher.observe(element.ownerDocument.documentElement);
  if (element.parentElement) watcher.observe(element.parentElement);
  return () => watcher.disconnect();
}
