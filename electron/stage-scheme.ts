// The stage's own scheme: the built page and media by hash, answered from disk with byte ranges. https://www.electronjs.org/docs/latest/api/protocol
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { loopbackPaths } from '../core/bridge.ts';
import { faultText, type Log } from '../player/log.ts';
import { answerStage, type StageSources } from '../player/stage-files.ts';
import { stageHeaders } from '../player/stage-policy.ts';
import type { SchemeHandler } from './electron-parts.ts';

export const stageScheme = 'ihanoi';
export const stageOrigin = `${stageScheme}://stage`;
export const stageUrl = `${stageOrigin}/${loopbackPaths.page}`;

/** To be registered before Electron is ready: an origin of its own, with fetch, streams and secure contexts. */
export const stagePrivileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } as const;

/** `undefined` for any other origin. */
function pathBelow(url: string): string | undefined {
  return url.startsWith(`${stageOrigin}/`) ? new URL(url).pathname.slice(1) : undefined;
}

export function stageHandler(sources: StageSources, log: Log): SchemeHandler {
  const bare = (status: number) => new Response(null, { status, headers: stageHeaders });
  return async ({ url, method, headers }) => {
    const path = pathBelow(url);
    if (path === undefined) return bare(404);
    try {
      const answer = await answerStage({ method, path, range: headers.get('range') ?? undefined }, sources);
      const { body } = answer;
      // Node's and the page's stream are one thing under two types.
      const stream = body ? (Readable.toWeb(createReadStream(body.path, { start: body.start, end: body.end })) as NodeReadableStream<Uint8Array>) : null;
      return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>> | null, { status: answer.status, headers: answer.headers });
    } catch (fault) {
      log.error({ path, fault: faultText(fault) }, 'a file could not be read for the page');
      return bare(503);
    }
  };
}
