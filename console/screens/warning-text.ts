// What a screen's warning says to people; a code of a newer player is shown by its detail.
import type { Language } from '../../core/primitives.ts';
import { isKnownWarning, warningWords } from '../../core/warning-words.ts';
import type { Warning } from '../../core/warnings.ts';
import type { Say } from '../messages.ts';

export function warningText({ code, detail }: Warning, say: Say, language: Language): string {
  return isKnownWarning(code) ? warningWords[code][language] : say('warning.other', { detail: detail ?? code });
}
