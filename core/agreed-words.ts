// What the server alone may put into words where approvers sign the content: a sentence that ships with the player, filled with names, and who speaks as approvers signed it.
import { alertTemplates, plainWords, slotSchema, type AlertTemplate } from './alert-templates.ts';
import type { OrderedCover } from './cover.ts';
import { drillMarks, type Alert } from './orders.ts';
import type { LocalText } from './primitives.ts';
import { isAgreedOccasion } from './solemn-occasions.ts';

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map(literally)
      .join('(.{1,40})')}$`,
    'u',
  );

function isFilled(template: string, mark: string, sentence: string, drill: boolean): boolean {
  const beginning = drill ? `${mark}: ` : '';
  if (!sentence.startsWith(beginning)) return false;
  const slots = patternOf(template).exec(sentence.slice(beginning.length));
  return slots !== null && slots.slice(1).every((slot) => slotSchema.safeParse(slot).success);
}

const same = (agreed: LocalText, said: LocalText | undefined) =>
  said !== undefined && said.vi === agreed.vi && (said.en === undefined || said.en === agreed.en);

function fits({ event, headline, instruction, priority }: AlertTemplate, alert: Alert): boolean {
  const { vi, en } = alert.headline;
  return (
    alert.priority === priority &&
    same(event, alert.event) &&
    (alert.instruction === undefined || same(instruction, alert.instruction)) &&
    isFilled(headline.vi, drillMarks.vi, vi, alert.drill) &&
    (en === undefined || isFilled(headline.en, drillMarks.en, en, alert.drill))
  );
}

const areaSchema = plainWords(60);

/** Whether an alert says a sentence of the shipped templates, in which only names, places and times were filled in. */
export function isAgreedAlert(alert: Alert): boolean {
  const { vi, en } = alert.area;
  const isPlain = [vi, ...(en === undefined ? [] : [en])].every((words) => areaSchema.safeParse(words).success);
  return isPlain && Object.values(alertTemplates).some((template) => fits(template, alert));
}

/** What the content says that approvers have signed. */
export interface SignedWords {
  readonly speaker: LocalText;
  /** Of solemn programmes, beside the usual ones. */
  readonly occasions?: readonly LocalText[] | undefined;
}

/** A cover in which the server alone has no sentence of its own. A solemn programme on an occasion that nobody agreed on is a stopped screen. */
export function inSignedWords(cover: OrderedCover | null, { speaker, occasions }: SignedWords): OrderedCover | null {
  if (cover?.state === 'alert') return { ...cover, speaker };
  if (cover?.state === 'solemn' && !isAgreedOccasion(cover.occasion, occasions)) return { state: 'stopped', item: cover.item };
  return cover;
}
