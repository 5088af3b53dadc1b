import { expect, it } from 'vitest';
import { backgroundWork } from './background-work.ts';

it('answers at once with what is done soon, and goes on with what is not, telling how far it is', async () => {
  const work = backgroundWork<string>(60_000);
  expect(await work.begin('short', async () => 'done', 1_000)).toEqual({ kind: 'ended', result: 'done' });
  let finish: (text: string) => void = () => undefined;
  const long = (report: (share: number) => void) => {
    report(0.4);
    return new Promise<string>((resolve) => (finish = resolve));
  };
  expect(await work.begin('long', long, 1)).toEqual({ kind: 'running', share: 0.4 });
  const settled = work.settled('long');
  finish('whole');
  expect(await settled).toEqual({ kind: 'ended', result: 'whole' });
  expect(await work.begin('long', () => Promise.reject(new Error('never begun')), 1_000)).toEqual({ kind: 'ended', result: 'whole' });
});

it('tells a fault to whoever waits for it, and lets the next beginning try again', async () => {
  const work = backgroundWork<string>(60_000);
  const fault = new Error('broken');
  expect(await work.begin('a', () => Promise.reject(fault), 1_000)).toEqual({ kind: 'failed', error: fault });
  expect(work.state('a')).toBeUndefined();
  expect(await work.begin('a', async () => 'mended', 1_000)).toEqual({ kind: 'ended', result: 'mended' });
  expect(work.state('b')).toBeUndefined();
  expect(await work.settled('b')).toBeUndefined();
});

it('lets go of an end after its time, so that the next beginning is a new run', async () => {
  const work = backgroundWork<number>(1);
  await work.begin('a', async () => 1, 1_000);
  await expect.poll(() => work.state('a')).toBeUndefined();
  expect(await work.begin('a', async () => 2, 1_000)).toEqual({ kind: 'ended', result: 2 });
});
