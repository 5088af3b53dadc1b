// Keeps what is not saved yet for this window, so that a reload loses nothing. It is the person's own: another one who signs in sees nothing of it.
import { z } from 'zod';
import { draftItemSchema } from '../../core/playlist-api.ts';
import type { Edits } from './edits.ts';

const itemSchema = draftItemSchema.omit({ number: true });
const keptSchema = z.object({
  revision: z.int(),
  name: z.string(),
  /** What the edit began with, to see later what others have changed. */
  base: z.array(itemSchema),
  items: z.array(itemSchema),
  removed: z.array(z.object({ item: itemSchema, index: z.int().min(0) })),
});
export type Kept = Edits & Pick<z.infer<typeof keptSchema>, 'revision' | 'name'> & { readonly base: Edits['items'] };

export interface DraftKeeper {
  read(): Kept | undefined;
  write(kept: Kept): void;
  forget(): void;
}

/** @param storage throws where the browser keeps nothing, or nothing more; then a reload loses what is not saved */
export function draftKeeper(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, person: string, playlist: string): DraftKeeper {
  const key = `ihanoi-draft:${person}:${playlist}`;
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  return {
    read() {
      const text = attempt(() => storage().getItem(key));
      const json: unknown = text === null || text === undefined ? undefined : attempt(() => JSON.parse(text) as unknown);
      return keptSchema.safeParse(json).data;
    },
    write: (kept) => attempt(() => storage().setItem(key, JSON.stringify(kept))),
    forget: () => attempt(() => storage().removeItem(key)),
  };
}
