// Denies the page everything that the stage does not need: other addresses, permissions, devices, downloads.
import type { Log } from '../player/log.ts';
import type { StageSession } from './electron-parts.ts';
import { stageOrigin } from './stage-scheme.ts';

const ownKinds = [`${stageOrigin}/`, 'data:', `blob:${stageOrigin}/`];

export function guardSession(session: StageSession, log: Log): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !ownKinds.some((start) => url.startsWith(start));
    if (cancel) log.warn({ url: url.slice(0, 200) }, 'the page asked for another address');
    answer({ cancel });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
