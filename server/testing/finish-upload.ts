// The end of an upload as the console waits for it: however long the file is looked at.
import { setTimeout as pause } from 'node:timers/promises';
import { mediaPaths } from '../../core/media-api.ts';
import type { Staff } from './test-server.ts';

const lookMs = 20;

/** @returns the answer that says what became of the file */
export async function finishUpload(by: Staff, id: string): ReturnType<Staff['call']> {
  for (;;) {
    // Whoever asks again joins the same run.
    const answer = await by.call('POST', mediaPaths.finish(id));
    if (answer.status !== 202) return answer;
    await pause(lookMs);
  }
}
