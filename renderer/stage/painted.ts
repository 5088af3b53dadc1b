// Resolves when an element's pictures and videos can be drawn and it has been painted twice; rejects when one never can.
import { firstFrame } from './video-watch.ts';

export async function painted(element: HTMLElement): Promise<void> {
  await Promise.all([...element.querySelectorAll('img')].map(decoded));
  await Promise.all([...element.querySelectorAll('video')].map(firstFrame));
  await nextFrame();
  await nextFrame();
}

async function decoded(image: HTMLImageElement): Promise<void> {
  try {
    await image.decode();
  } catch {
    throw new Error(`the picture ${image.getAttribute('src') ?? ''} cannot be decoded`);
  }
  if (image.naturalWidth === 0) throw new Error(`the picture ${image.getAttribute('src') ?? ''} is empty`);
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}
