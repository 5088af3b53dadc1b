// Holds a video to the clock of the turns: its first frame before it is shown, the right position for whoever joins late, and no drift afterwards.

/** Aim so far ahead when joining late, seconds; doubled when the seek took longer. */
const firstLeadS = 0.3;
const mostTries = 4;
/** Nobody sees less than this, seconds. */
const toleratedS = 0.03;
/** More than this is sought, less is caught up by a slightly other speed. */
const seekFromS = 1;
const mostSpeedUp = 0.25;

/** The part of a video element that is driven. */
export type DrivenVideo = Pick<HTMLVideoElement, 'currentTime' | 'duration' | 'playbackRate' | 'paused' | 'muted' | 'play'>;

/** Position in a repeating video after so many seconds of its turn. */
export function positionAfter(seconds: number, durationS: number): number {
  if (seconds <= 0 || !Number.isFinite(durationS) || durationS <= 0) return 0;
  return seconds % durationS;
}

/** How far a video is behind (positive) or ahead, the short way round. */
export function driftOf(position: number, wanted: number, durationS: number): number {
  const drift = wanted - position;
  if (drift > durationS / 2) return drift - durationS;
  return drift < -durationS / 2 ? drift + durationS : drift;
}

/** Plays a visible video and brings it to where it should be, `seconds` after its turn began. */
export function keepTime(video: DrivenVideo, seconds: number): void {
  if (video.paused) start(video);
  const wanted = positionAfter(seconds, video.duration);
  const drift = driftOf(video.currentTime, wanted, video.duration);
  if (Math.abs(drift) >= seekFromS) {
    video.currentTime = wanted;
    video.playbackRate = 1;
    return;
  }
  video.playbackRate = Math.abs(drift) <= toleratedS ? 1 : 1 + Math.max(-mostSpeedUp, Math.min(mostSpeedUp, drift));
}

/** A browser that refuses sound still shows the picture; whether it plays at all is watched from outside. */
function start(video: DrivenVideo): void {
  video.play().catch((refusal: unknown) => {
    if (!(refusal instanceof DOMException) || refusal.name !== 'NotAllowedError' || video.muted) return;
    video.muted = true;
    start(video);
  });
}

export interface JoinTime {
  /** Milliseconds, the clock of the turns. */
  readonly clock: () => number;
  readonly start: number;
  readonly leaving: AbortSignal;
}

/** Resolves when a frame of the right position can be shown. In a turn that has begun, the video runs by then. Faults are told by whoever watches the element. */
export async function firstFrameAt(video: HTMLVideoElement, { clock, start: begin, leaving }: JoinTime): Promise<void> {
  const presented = new Promise<void>((resolve) => {
    video.requestVideoFrameCallback(() => resolve());
  });
  await event(video, 'loadeddata', leaving);
  for (let lead = firstLeadS, tries = 0; clock() > begin && tries < mostTries; lead *= 2, tries++) {
    const aim = clock() + lead * 1_000;
    const sought = event(video, 'seeked', leaving);
    video.currentTime = positionAfter((aim - begin) / 1_000, video.duration);
    await sought;
    const early = aim - clock();
    if (early < 0 && tries + 1 < mostTries) continue;
    await after(Math.max(0, early), leaving);
    start(video);
    break;
  }
  await presented;
}

function event(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', leaving: AbortSignal): Promise<void> {
  if (name === 'loadeddata' && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return Promise.resolve();
  return new Promise((resolve) => {
    video.addEventListener(name, () => resolve(), { once: true, signal: leaving });
  });
}

function after(ms: number, leaving: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    leaving.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
