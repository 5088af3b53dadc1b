import { describe, expect, it } from 'vitest';
import { firstFrame, videoWatch, type WatchedVideo } from './video-watch.ts';

type State = Pick<WatchedVideo, 'readyState' | 'videoWidth' | 'duration' | 'currentTime' | 'ended' | 'error'>;

/** The part of a video element that is watched, driven by the test. */
class Video extends EventTarget implements State {
  readyState = 0;
  videoWidth = 0;
  duration = Number.NaN;
  currentTime = 0;
  ended = false;
  error: MediaError | null = null;
  becomes(change: Partial<State>, sign: string) {
    Object.assign(this, change);
    this.dispatchEvent(new Event(sign));
  }
}

const playable = { readyState: 2, videoWidth: 640, duration: 10 };

describe('the first frame of a video', () => {
  it('is there when it can be drawn', async () => {
    const video = new Video();
    const frame = firstFrame(video);
    video.becomes({ ...playable, readyState: 1 }, 'loadedmetadata');
    video.becomes(playable, 'loadeddata');
    await expect(frame).resolves.toBeUndefined();
  });

  it.each([
    ['sound and no picture', { readyState: 1, duration: 10 }, 'the video has no picture'],
    ['no end', { readyState: 1, videoWidth: 640, duration: Infinity }, 'the video has no end'],
    ['bytes that do not decode', { error: { code: 4, message: '' } as MediaError }, 'the video cannot be decoded (4)'],
  ])('never comes of a video with %s', async (_what, change, reason) => {
    const video = new Video();
    const frame = firstFrame(video);
    video.becomes(change, 'error');
    await expect(frame).rejects.toThrow(reason);
  });
});

describe('a visible video', () => {
  const start = () => {
    const video = Object.assign(new Video(), playable);
    let now = 0;
    const watch = videoWatch(() => now);
    return { video, look: (at: number) => watch(((now = at), [video])) };
  };

  it('is well while its time moves', () => {
    const { video, look } = start();
    for (let at = 0; at < 10_000; at += 500) expect(look((video.currentTime = at))).toBeUndefined();
  });

  it('has stalled when its time stands still for more than two seconds', () => {
    const { look } = start();
    expect([0, 1_000, 2_000, 2_001].map(look)).toEqual([undefined, undefined, undefined, 'the video stands still']);
  });

  it('has stalled when its time moves only because it is sought', () => {
    const { video, look } = start();
    const sought = (at: number) => {
      video.becomes({ currentTime: at / 1_000 }, 'seeking');
      return look(at);
    };
    expect([0, 1_000, 2_000, 3_000].map(sought)).toEqual([undefined, undefined, undefined, 'the video stands still']);
  });

  it('is well when it goes on after it was sought', () => {
    const { video, look } = start();
    for (let at = 0; at < 10_000; at += 500) {
      if (at % 1_500 === 0) video.becomes({ currentTime: 0 }, 'seeking');
      else video.currentTime += 0.5;
      expect(look(at)).toBeUndefined();
    }
  });

  it('may stand on its last frame for as long as its turn lasts', () => {
    const { video, look } = start();
    video.ended = true;
    expect([0, 9_000].map(look)).toEqual([undefined, undefined]);
  });

  it('has failed when it loses its picture on the way', () => {
    const { video, look } = start();
    look(0);
    video.videoWidth = 0;
    expect(look(250)).toBe('the video has no picture');
  });
});
