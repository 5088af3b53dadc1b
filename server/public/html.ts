// Pages as text: whatever is put between the tags is escaped, unless it is markup made here.

export interface Html {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

type Part = string | number | Html | undefined | false | readonly Html[];

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

/** Markup with its values escaped; lists of markup are joined. */
export function html(text: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: text.map((piece, index) => piece + render(parts[index])).join('') };
}

/** Text of our own files that is markup already, such as a style sheet. */
export function trusted(markup: string): Html {
  return { markup };
}
