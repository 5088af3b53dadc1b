// Resolves when an element's pictures are decoded and it has been painted twice; rejects when a picture cannot be drawn.

export async function painted(element: HTMLElement): Promise<void> {
  await Promise.all([...element.querySelectorAll('img')].map(decoded));
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
