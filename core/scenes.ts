// What a stage can draw: each scene's name and props. Props are read tolerantly; an unknown scene makes only its item unsupported.
import { z } from 'zod';
import { localDateSchema, localTextSchema, sha256Schema } from './primitives.ts';

export const sceneNames = ['install', 'scoreboard', 'picture', 'video', 'message', 'motto', 'story', 'countdown', 'clock'] as const;
export type SceneName = (typeof sceneNames)[number];

export const scoreboardViews = ['ranking', 'leaders', 'risers', 'city', 'own', 'map'] as const;

const installProps = z.object({
  /** What the app does, one sentence. */
  lead: localTextSchema,
  /** Words beside the code, such as "Quét mã để cài đặt". */
  call: localTextSchema,
  steps: z.array(localTextSchema).length(3),
  /** The line under everything: who helps, what never to give away. */
  note: localTextSchema.optional(),
});

const scoreboardProps = z.object({
  title: localTextSchema,
  /** `ranking` pages through all units, `leaders` shows the top three and the risers, `risers` the biggest risers, `city` the city's progress, `own` the place of the unit in which the screen stands (the leaders where it has none), `map` the units as shapes coloured by their figures. */
  view: z.literal(scoreboardViews).default('ranking'),
});

const messageProps = z.object({
  /** A short line above, such as the campaign's name. */
  kicker: localTextSchema.optional(),
  heading: localTextSchema,
  body: localTextSchema.optional(),
});

const mottoProps = z.object({
  /** A short line above, such as "Phương châm đợt thi đua". */
  kicker: localTextSchema.optional(),
  /** The word that all phrases share, such as "Dân". */
  word: localTextSchema,
  /** What follows it: "biết", "bàn", … */
  phrases: z.array(localTextSchema).length(6),
});

const storyProps = z.object({
  /** What all pages tell, such as "Việc làm được ngay trên iHanoi". */
  kicker: localTextSchema,
  /** One benefit a page, in equal shares of the turn. */
  pages: z
    .array(z.object({ heading: localTextSchema, body: localTextSchema.optional() }))
    .min(2)
    .max(6),
});

const countdownProps = z.object({
  heading: localTextSchema,
  /** Last day that counts, local and inclusive; the campaign's last day when absent. */
  until: localDateSchema.optional(),
  body: localTextSchema.optional(),
});

/** Time, weekday, date and lunar date need no words. */
const clockProps = z.object({});

const pictureWords = { alt: localTextSchema, caption: localTextSchema.optional(), fit: z.literal(['cover', 'contain']).default('cover') };

/** Props of every scene, with media named by hash. */
export const scenePropsSchemas = {
  install: installProps,
  scoreboard: scoreboardProps,
  picture: z.object({ media: sha256Schema, ...pictureWords }),
  video: z.object({
    media: sha256Schema,
    /** The still that stands in where nothing may move. */
    poster: sha256Schema,
    /** WebVTT; shown wherever there are some, since most screens are silent. */
    captions: sha256Schema.optional(),
    ...pictureWords,
  }),
  message: messageProps,
  motto: mottoProps,
  story: storyProps,
  countdown: countdownProps,
  clock: clockProps,
} as const;

export type SceneProps<Name extends SceneName = SceneName> = z.infer<(typeof scenePropsSchemas)[Name]>;

/** A scene with its props, as the stage draws it. */
export type SceneContent = { [Name in SceneName]: { readonly scene: Name; readonly props: SceneProps<Name> } }[SceneName];

const assetPath = z.string().regex(/^[a-z0-9][a-z0-9/-]*\.(?:svg|png|jpg|webp)$/, 'expected a path below assets/, such as pictures/report.svg');
const videoPath = z.string().regex(/^[a-z0-9][a-z0-9/-]*\.(?:mp4|webm)$/, 'expected a path below assets/, such as videos/report.mp4');
const captionsPath = z.string().regex(/^[a-z0-9][a-z0-9/-]*\.vtt$/, 'expected a path below assets/, such as videos/report.vtt');

/** Props as people write them in a playlist file: strict, with media named by their path below `assets/`. */
export const authoredScenePropsSchemas = {
  install: installProps.strict(),
  scoreboard: scoreboardProps.strict(),
  picture: z.strictObject({ asset: assetPath, ...pictureWords }),
  video: z.strictObject({ asset: videoPath, poster: assetPath, captions: captionsPath.optional(), ...pictureWords }),
  message: messageProps.strict(),
  motto: mottoProps.strict(),
  story: storyProps.strict(),
  countdown: countdownProps.strict(),
  clock: clockProps.strict(),
} as const;

/** Props as people send them for a draft: strict, with media named by hash. */
export const draftScenePropsSchemas = {
  install: installProps.strict(),
  scoreboard: scoreboardProps.strict(),
  picture: scenePropsSchemas.picture.strict(),
  video: scenePropsSchemas.video.strict(),
  message: messageProps.strict(),
  motto: mottoProps.strict(),
  story: storyProps.strict(),
  countdown: countdownProps.strict(),
  clock: clockProps.strict(),
} as const;

/** Reads a scene name and props from outside; `undefined` when this build cannot draw them. */
export function readScene(scene: string, props: unknown): SceneContent | undefined {
  const schema = (scenePropsSchemas as Record<string, z.ZodType | undefined>)[scene];
  const parsed = schema?.safeParse(props);
  // The schema was chosen by the scene's name, so its output belongs to that name.
  return parsed?.success ? ({ scene, props: parsed.data } as SceneContent) : undefined;
}

/** Hashes of the files a scene needs. */
export function mediaOf(content: SceneContent): string[] {
  switch (content.scene) {
    case 'picture':
      return [content.props.media];
    case 'video': {
      const { media, poster, captions } = content.props;
      return [media, poster, ...(captions === undefined ? [] : [captions])];
    }
    default:
      return [];
  }
}
