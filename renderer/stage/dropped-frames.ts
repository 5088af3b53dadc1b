// Counts the frames that came too late: time in which the page was too busy to draw, in frames of a sixtieth of a second.
const frameMs = 1_000 / 60;

export function countDroppedFrames(): { count: () => number; stop: () => void } {
  let dropped = 0;
  // Only counted where the browser tells; a browser that knows no long tasks says nothing.
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) dropped += Math.max(0, Math.round(duration / frameMs) - 1);
  });
  observer.observe({ type: 'longtask' });
  return { count: () => dropped, stop: () => observer.disconnect() };
}
