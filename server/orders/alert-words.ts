// The words of an alert as they will stand on the screen: a filled template, or free text with the mark of a drill.
import { alertTemplates, fillTemplate, markDrill } from '../../core/alert-templates.ts';
import type { NewAlert } from '../../core/order-api.ts';
import type { Priority } from '../../core/orders.ts';
import type { LocalText } from '../../core/primitives.ts';
import { ApiFailure } from '../api-failure.ts';

export interface AlertWords {
  readonly event: LocalText;
  readonly headline: LocalText;
  readonly instruction?: LocalText;
  readonly priority: Priority;
}

/** @throws ApiFailure when a slot of the template is empty */
export function alertWords({ words, drill }: Pick<NewAlert, 'words' | 'drill'>): AlertWords {
  if ('template' in words) {
    try {
      return fillTemplate(alertTemplates[words.template], words.slots, drill);
    } catch (error) {
      if (error instanceof RangeError) throw new ApiFailure('bad-request', [{ path: 'words.slots', reason: error.message }]);
      throw error;
    }
  }
  const { event, headline, instruction, priority } = words;
  return { event, headline: markDrill(headline, drill), ...(instruction ? { instruction } : {}), priority };
}

/** Free words reach a screen through two people; a template is agreed beforehand. */
export function isFree({ words }: Pick<NewAlert, 'words'>): boolean {
  return !('template' in words);
}
