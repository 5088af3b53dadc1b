// What a screen's warning says to people; a code of a newer player is shown by its detail.
import { warningCodes, type Warning, type WarningCode } from '../../core/warnings.ts';
import type { Say } from '../messages.ts';

const isKnown = (code: string): code is WarningCode => (warningCodes as readonly string[]).includes(code);

export function warningText({ code, detail }: Warning, say: Say): string {
  return isKnown(code) ? say(`warning.${code}`) : say('warning.other', { detail: detail ?? code });
}
