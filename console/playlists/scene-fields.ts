// The form of each scene: its fields from top to bottom, in words that a clerk understands.
import { scoreboardViews, type SceneName } from '../../core/scenes.ts';
import type { Say } from '../messages.ts';
import type { Path } from './props-draft.ts';

export type FileKind = 'image' | 'video' | 'captions';
type Words = (say: Say) => string;

interface Named {
  readonly path: Path;
  readonly label: Words;
  readonly hint?: Words;
  readonly optional?: boolean;
}
export type TextFieldOf = Named & { readonly kind: 'text'; readonly long?: boolean };
export type ChoiceFieldOf = Named & { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: Words }[] };
export type FileFieldOf = Named & { readonly kind: 'file'; readonly of: FileKind };
export type DateFieldOf = Named & { readonly kind: 'date' };
export type Field = TextFieldOf | ChoiceFieldOf | FileFieldOf | DateFieldOf | { readonly kind: 'pages' };

const altHint: Words = (say) => say('field.altHint');
const fit: Field = {
  ...{ kind: 'choice', path: ['fit'], label: (say) => say('field.picture.fit') },
  options: (['cover', 'contain'] as const).map((value) => ({ value, label: (say) => say(`field.fit.${value}`) })),
};
const caption: Field = { kind: 'text', path: ['caption'], label: (say) => say('field.picture.caption'), optional: true };

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);
const steps = indexes(3).map((index): Field => ({ kind: 'text', path: ['steps', index], label: (say) => say('field.install.step', { number: index + 1 }) }));
const phrases = indexes(6).map((index): Field => ({
  kind: 'text',
  path: ['phrases', index],
  label: (say) => say('field.motto.phrase', { number: index + 1 }),
}));

export const sceneFields: Readonly<Record<SceneName, readonly Field[]>> = {
  message: [
    { kind: 'text', path: ['kicker'], label: (say) => say('field.message.kicker'), optional: true },
    { kind: 'text', path: ['heading'], label: (say) => say('field.message.heading'), long: true },
    { kind: 'text', path: ['body'], label: (say) => say('field.message.body'), long: true, optional: true },
  ],
  picture: [
    { kind: 'file', path: ['media'], of: 'image', label: (say) => say('field.picture.media') },
    caption,
    fit,
    { kind: 'text', path: ['alt'], label: (say) => say('field.picture.alt'), hint: altHint },
  ],
  video: [
    { kind: 'file', path: ['media'], of: 'video', label: (say) => say('field.video.media') },
    { kind: 'file', path: ['poster'], of: 'image', label: (say) => say('field.video.poster'), hint: (say) => say('field.posterHint') },
    { kind: 'file', path: ['captions'], of: 'captions', label: (say) => say('field.video.captions'), optional: true },
    caption,
    fit,
    { kind: 'text', path: ['alt'], label: (say) => say('field.video.alt'), hint: altHint },
  ],
  story: [{ kind: 'text', path: ['kicker'], label: (say) => say('field.story.kicker') }, { kind: 'pages' }],
  motto: [
    { kind: 'text', path: ['kicker'], label: (say) => say('field.motto.kicker'), optional: true },
    { kind: 'text', path: ['word'], label: (say) => say('field.motto.word') },
    ...phrases,
  ],
  countdown: [
    { kind: 'text', path: ['heading'], label: (say) => say('field.countdown.heading') },
    { kind: 'date', path: ['until'], label: (say) => say('field.countdown.until'), hint: (say) => say('field.untilHint'), optional: true },
    { kind: 'text', path: ['body'], label: (say) => say('field.countdown.body'), long: true, optional: true },
  ],
  scoreboard: [
    { kind: 'text', path: ['title'], label: (say) => say('field.scoreboard.title') },
    {
      ...{ kind: 'choice', path: ['view'], label: (say) => say('field.scoreboard.view') },
      options: scoreboardViews.map((value) => ({ value, label: (say) => say(`field.view.${value}`) })),
    },
  ],
  install: [
    { kind: 'text', path: ['call'], label: (say) => say('field.install.call') },
    { kind: 'text', path: ['lead'], label: (say) => say('field.install.lead'), long: true },
    ...steps,
    { kind: 'text', path: ['note'], label: (say) => say('field.install.note'), long: true, optional: true },
  ],
  clock: [],
};
