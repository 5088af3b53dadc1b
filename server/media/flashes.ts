// Finds flashing that could bring on a seizure, in small pictures of a film: WCAG 2.2, 2.3.1, by parts of the picture. Pure.

/** Size of the small pictures, in parts; each part is the mean of what it covers. */
export const flashGrid = { width: 32, height: 18 } as const;
/** Small pictures a second: as many as any film that is taken has. */
export const flashRate = 60;

const parts = flashGrid.width * flashGrid.height;
export const flashFrameBytes = parts * 3;

/** A change counts from a tenth of the brightest on, where the darker of the two is below 0.80. */
const leastChange = 0.1;
const darkerBelow = 0.8;
/** A saturated red makes up this share of its light; it counts when it moves this far from what is not. */
const redShare = 0.8;
const redChange = 20 / 320;
/** A flash is a pair of opposing changes; more than three flashes in a second, over a quarter of the picture. */
const maxChanges = 6;
const leastShare = 0.25;

const linear = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Opposing changes of one measure in every part, and how many of each part lie within the last second. */
class Changes {
  /** The value from which the next change is measured: the furthest one since the last change. */
  readonly #extreme = new Float32Array(parts);
  readonly #direction = new Int8Array(parts);
  readonly #counted = new Uint8Array(parts);
  /** For each picture of the last second, the parts that changed in it. */
  readonly #lately: number[][] = [];

  /** How many pictures ago the first change of the last second was. */
  get since(): number {
    return this.#lately.length - this.#lately.findIndex((changed) => changed.length > 0);
  }

  /** @param values of one picture @param counts whether a change from one value to another is a change @returns share of the picture that flashes */
  add(values: Float32Array, isFirst: boolean, counts: (from: number, to: number, part: number) => boolean): number {
    const changed: number[] = [];
    for (let part = 0; part < parts; part++) {
      const value = values[part] ?? 0;
      const extreme = this.#extreme[part] ?? 0;
      const direction = this.#direction[part] ?? 0;
      if (isFirst) this.#extreme[part] = value;
      else if (direction !== 0 && Math.sign(value - extreme) === direction) this.#extreme[part] = value;
      else if (counts(extreme, value, part)) {
        this.#direction[part] = Math.sign(value - extreme);
        this.#extreme[part] = value;
        this.#counted[part] = (this.#counted[part] ?? 0) + 1;
        changed.push(part);
      }
    }
    this.#lately.push(changed);
    if (this.#lately.length > flashRate) for (const part of this.#lately.shift() ?? []) this.#counted[part] = (this.#counted[part] ?? 1) - 1;
    return this.#counted.reduce((flashing, count) => flashing + (count > maxChanges ? 1 : 0), 0) / parts;
  }
}

/** Takes the pictures one after the other. */
export class FlashWatch {
  readonly #general = new Changes();
  readonly #red = new Changes();
  readonly #light = new Float32Array(parts);
  readonly #redness = new Float32Array(parts);
  /** Whether a part is a saturated red, now and in the picture before the last change. */
  readonly #isRed = new Uint8Array(parts);
  #pictures = 0;

  get pictures(): number {
    return this.#pictures;
  }

  /** @param rgb one small picture @returns the second at which the flashing begins, once a quarter of the picture flashes */
  add(rgb: Uint8Array): number | undefined {
    for (let part = 0; part < parts; part++) {
      const [r, g, b] = [0, 1, 2].map((channel) => linear[rgb[part * 3 + channel] ?? 0] ?? 0) as [number, number, number];
      this.#light[part] = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      this.#redness[part] = Math.max(0, r - g - b);
      this.#isRed[part] = ((this.#isRed[part] ?? 0) << 1) | (r > 0 && r / (r + g + b) >= redShare ? 1 : 0);
    }
    const isFirst = this.#pictures === 0;
    this.#pictures += 1;
    const general = this.#general.add(this.#light, isFirst, (from, to) => Math.abs(to - from) >= leastChange && Math.min(from, to) < darkerBelow);
    const red = this.#red.add(this.#redness, isFirst, (from, to, part) => Math.abs(to - from) > redChange && (this.#isRed[part] ?? 0) !== 0);
    const flashing = general >= leastShare ? this.#general : red >= leastShare ? this.#red : undefined;
    return flashing && Math.max(0, (this.#pictures - flashing.since) / flashRate);
  }
}
