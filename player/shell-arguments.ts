// Command line of both shells: where the player keeps its things, how it finds its server, and what its window is like before it is paired.
import { isAbsolute } from 'node:path';
import { parseArgs } from 'node:util';
import type { Profile } from '../core/profile.ts';
import { screenKinds } from '../core/profile.ts';
import { readEnrolment } from './enrolment.ts';

/** `kiosk` fills the output, `app` is a plain window for a trial, `headless` has none. */
export const windowModes = ['kiosk', 'app', 'headless'] as const;
export type WindowMode = (typeof windowModes)[number];

export interface ShellArguments {
  /** Folder of this player's files. */
  readonly dataFolder: string;
  readonly enrol?: string;
  readonly server?: string;
  /** Path of the browser's binary. */
  readonly browser?: string;
  /** Folder of the built stage, in place of the one that ships. */
  readonly stageFolder?: string;
  /** Most that all media files together may take on the disk. */
  readonly budgetBytes?: number;
  /** Path of the program that sets the brightness of the wall's controller. */
  readonly brightnessProgram?: string;
  readonly window: WindowMode;
  /** The screen before it is paired. */
  readonly profile: Profile;
}

export type ShellArgumentsReading = { ok: true; args: ShellArguments } | { ok: false; problem: string };

type Kind = Profile['kind'];

const factoryProfiles: Record<Kind, Omit<Profile, 'viewport' | 'kind' | 'sound'>> = {
  led: { pitchMm: 10, distanceM: { near: 15, far: 60 }, audience: 'traffic', touch: false },
  lcd: { pitchMm: 0.63, distanceM: { near: 2, far: 6 }, audience: 'indoor', touch: false },
  kiosk: { pitchMm: 0.28, distanceM: { near: 0.4, far: 0.8 }, audience: 'indoor', touch: true },
};

/** The profile of a screen that nobody has described yet. */
export function factoryProfile(kind: Kind, width: number, height: number): Profile {
  return { kind, ...factoryProfiles[kind], viewport: { x: 0, y: 0, width, height }, sound: false };
}

function oneOf<Word extends string>(words: readonly Word[], word: string): Word | undefined {
  return words.find((known) => known === word);
}

function wrong(option: string, expected: string): ShellArgumentsReading {
  return { ok: false, problem: `Tham số ${option} không đúng · The option ${option} is wrong: ${expected}` };
}

const options = {
  data: { type: 'string' },
  enrol: { type: 'string' },
  server: { type: 'string' },
  browser: { type: 'string' },
  stage: { type: 'string' },
  window: { type: 'string', default: 'kiosk' },
  size: { type: 'string', default: '1920x1080' },
  kind: { type: 'string', default: 'lcd' },
  'media-budget': { type: 'string' },
  'brightness-program': { type: 'string' },
} as const;

const units = { MB: 1e6, GB: 1e9 } as const;
/** Less holds no campaign with a video. */
const leastBudgetBytes = 50e6;

/** Reads `4GB` or `500MB`. */
function budgetOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})(MB|GB)$/.exec(text) ?? [];
  const bytes = Number(count) * units[unit as keyof typeof units];
  return bytes >= leastBudgetBytes ? bytes : undefined;
}

export function readShellArguments(argv: readonly string[]): ShellArgumentsReading {
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options, strict: true }));
  } catch (fault) {
    return { ok: false, problem: `Tham số không đúng · Wrong options: ${(fault as Error).message}` };
  }
  const { data, enrol, server, browser, stage } = values;
  if (!data) return wrong('--data', '--data DIR');
  const window = oneOf(windowModes, values.window);
  if (!window) return wrong('--window', windowModes.join(' | '));
  const kind = oneOf(screenKinds, values.kind);
  if (!kind) return wrong('--kind', screenKinds.join(' | '));
  const size = /^(\d{2,5})x(\d{2,5})$/.exec(values.size)?.slice(1).map(Number) ?? [];
  const [width = 0, height = 0] = size;
  if (width < 16 || height < 16 || width > 16_384 || height > 16_384) return wrong('--size', 'such as 960x576');
  if (server !== undefined && !(URL.canParse(server) && /^https?:$/.test(new URL(server).protocol)))
    return wrong('--server', 'such as https://display.example.vn');
  if (enrol !== undefined) {
    const reading = readEnrolment(enrol);
    if (!reading.ok) return wrong('--enrol', reading.reason);
  }
  const mediaBudget = values['media-budget'];
  const budgetBytes = mediaBudget === undefined ? undefined : budgetOf(mediaBudget);
  if (mediaBudget !== undefined && budgetBytes === undefined) return wrong('--media-budget', 'such as 4GB or 500MB, at least 50MB');
  const brightnessProgram = values['brightness-program'];
  if (brightnessProgram !== undefined && !isAbsolute(brightnessProgram))
    return wrong('--brightness-program', 'a whole path such as /usr/local/bin/led-brightness');
  return {
    ok: true,
    args: {
      dataFolder: data,
      window,
      profile: factoryProfile(kind, width, height),
      ...(enrol === undefined ? {} : { enrol }),
      ...(server === undefined ? {} : { server }),
      ...(browser === undefined ? {} : { browser }),
      ...(stage === undefined ? {} : { stageFolder: stage }),
      ...(budgetBytes === undefined ? {} : { budgetBytes }),
      ...(brightnessProgram === undefined ? {} : { brightnessProgram }),
    },
  };
}
