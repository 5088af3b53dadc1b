// Watches the videos of a scene from outside, whatever the scene says: a picture before it is shown, an end, and time that moves while it is visible.
import { stallMs } from '../scenes/progress.ts';

/** The part of a video element that is watched. */
export type WatchedVideo = Pick<
  HTMLVideoElement,
  'readyState' | 'videoWidth' | 'duration' | 'currentTime' | 'ended' | 'error' | 'addEventListener' | 'removeEventListener'
>;

/** `HAVE_CURRENT_DATA`: there is a frame to draw. */
const hasFrame = 2;
const signs = ['loadeddata', 'loadedmetadata', 'canplay', 'error'] as const;

/** Why a video can never be shown; `undefined` while nothing speaks against it. */
function whyNot({ error, readyState, videoWidth, duration }: WatchedVideo): string | undefined {
  if (error) return `the video cannot be decoded (${error.code}${error.message ? `: ${error.message}` : ''})`;
  // From the metadata on its size and length are known: sound alone is no picture.
  if (readyState >= 1 && videoWidth === 0) return 'the video has no picture';
  if (readyState >= 1 && !Number.isFinite(duration)) return 'the video has no end';
  return undefined;
}

/** Resolves when the first frame can be drawn, rejects when it never can. */
export function firstFrame(video: WatchedVideo): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      for (const sign of signs) video.removeEventListener(sign, look);
    };
    const look = () => {
      const reason = whyNot(video);
      if (reason === undefined && video.readyState < hasFrame) return;
      done();
      if (reason === undefined) resolve();
      else reject(new Error(reason));
    };
    for (const sign of signs) video.addEventListener(sign, look);
    look();
  });
}

interface Progress {
  time: number;
  /** When its time last moved by itself. */
  at: number;
  /** It was sought since: that a decoder stands still does not keep its time from being set. */
  sought: boolean;
}

/** To be asked several times a second while the scene is visible. */
export function videoWatch(now: () => number): (videos: Iterable<WatchedVideo>) => string | undefined {
  const seen = new WeakMap<WatchedVideo, Progress>();
  const begin = (video: WatchedVideo) => {
    const progress = { time: video.currentTime, at: now(), sought: false };
    video.addEventListener('seeking', () => (progress.sought = true));
    seen.set(video, progress);
  };
  return (videos) => {
    for (const video of videos) {
      const reason = whyNot(video);
      if (reason !== undefined) return reason;
      const progress = seen.get(video);
      if (!progress) {
        begin(video);
        continue;
      }
      if (video.ended || (video.currentTime !== progress.time && !progress.sought)) progress.at = now();
      [progress.time, progress.sought] = [video.currentTime, false];
      if (now() - progress.at > stallMs) return 'the video stands still';
    }
    return undefined;
  };
}
