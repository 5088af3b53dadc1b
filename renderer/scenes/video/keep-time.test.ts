import { describe, expect, it } from 'vitest';
import { driftOf, keepTime, positionAfter, type DrivenVideo } from './keep-time.ts';

const video = (currentTime: number): DrivenVideo & { played: number } => ({
  currentTime,
  duration: 10,
  playbackRate: 1,
  paused: true,
  muted: true,
  played: 0,
  async play() {
    this.played++;
  },
});

describe('a video on the clock', () => {
  it('repeats, and starts at its beginning before its turn', () => {
    expect([-3, 0, 4, 10, 23].map((seconds) => positionAfter(seconds, 10))).toEqual([0, 0, 4, 0, 3]);
    expect(positionAfter(5, Number.NaN)).toBe(0);
  });

  it('drifts the short way round its end', () => {
    expect([driftOf(9.9, 0.1, 10), driftOf(0.1, 9.9, 10), driftOf(2, 2.5, 10)].map((drift) => Math.round(drift * 10) / 10)).toEqual([0.2, -0.2, 0.5]);
  });

  it('is played, left alone when it is right, hurried or held a little when it is not', () => {
    const right = video(4.01);
    keepTime(right, 4);
    expect([right.played, right.playbackRate, right.currentTime]).toEqual([1, 1, 4.01]);
    const late = video(3.8);
    keepTime(late, 4);
    expect(late.playbackRate).toBeCloseTo(1.2);
    const early = video(4.9);
    keepTime(early, 4);
    expect(early.playbackRate).toBe(0.75);
  });

  it('jumps when it is a second and more away, as after a correction of the clock', () => {
    const lost = video(1);
    keepTime(lost, 6);
    expect([lost.currentTime, lost.playbackRate]).toEqual([6, 1]);
  });
});
