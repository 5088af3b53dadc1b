import { describe, expect, it } from 'vitest';
import { lastSafeStill, type StageTurn } from './stage-turns.ts';

const turn = (id: string, scene: string): StageTurn => ({ id, key: id, item: id, scene, start: 0, end: 1 });

describe('the last safe still', () => {
  it('keeps what is shown when it stays right without new facts', () => {
    const shown = turn('a', 'message');
    expect(lastSafeStill([shown, turn('b', 'install')], shown)).toBe(shown);
  });

  it('goes back to the last turn whose scene does not age when a scoreboard was on', () => {
    const install = turn('b', 'install');
    const board = turn('c', 'scoreboard');
    expect(lastSafeStill([turn('a', 'message'), install, board], board)).toBe(install);
  });

  it('keeps the scoreboard when the plan has nothing else', () => {
    const board = turn('c', 'scoreboard');
    expect(lastSafeStill([board], board)).toBe(board);
  });
});
