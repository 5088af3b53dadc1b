// The built stage alone in a browser, without a player: served and opened once for all tests of a group.
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { browserFlags, findBrowser } from '../../scripts/pictures/find-browser.ts';
import { openStagePage, type StagePage } from '../../scripts/pictures/open-stage-page.ts';
import { serveStage, type StageServer } from '../../scripts/pictures/stage-server.ts';
import { noBrowser } from './browser.ts';

/** Parts of it exist only while tests run. */
export interface BareStage {
  open(page: Parameters<typeof openStagePage>[2]): Promise<StagePage>;
  readonly browser: Browser;
  readonly url: string;
}

const executablePath = findBrowser();

/** @param mediaFolder what `/media/` answers from; the product's own pictures when absent */
export function describeStage(name: string, tests: (stage: BareStage) => void, mediaFolder?: string): void {
  describe.skipIf(executablePath === undefined)(`${name}${executablePath === undefined ? ` (${noBrowser})` : ''}`, () => {
    let opened: { readonly browser: Browser; readonly server: StageServer } | undefined;
    const parts = () => {
      if (!opened) throw new Error('the stage is opened before the first test, not before');
      return opened;
    };
    beforeAll(async () => {
      const server = await serveStage(mediaFolder);
      opened = { server, browser: await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: browserFlags }) };
    });
    afterAll(async () => {
      await opened?.browser.close();
      await opened?.server.close();
    });
    tests({
      open: (page) => openStagePage(parts().browser, parts().server.url, page),
      get browser() {
        return parts().browser;
      },
      get url() {
        return parts().server.url;
      },
    });
  });
}
