// Waits for the bundled letters, all weights and subsets, so that no scene is ever measured with another font. Never longer than three seconds.
const weights = [400, 500, 600, 700, 800];
/** One letter of each subset: Latin, Latin extended, Vietnamese. */
const sample = 'Aşế';
const patienceMs = 3_000;

export async function fontsReady(): Promise<void> {
  const loads = Promise.allSettled(weights.map((weight) => document.fonts.load(`${weight} 20px "Be Vietnam Pro"`, sample)));
  const enough = new Promise<void>((resolve) => {
    setTimeout(resolve, patienceMs);
  });
  await Promise.race([loads, enough]);
}
