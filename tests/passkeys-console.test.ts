// A passkey in the console, with the virtual authenticator of a real browser: made, asked for at sign-in, removed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../server/testing/free-port.ts';
import { startServerChild } from './support/box.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import type { Child } from './support/children.ts';
import { addPasskey, virtualAuthenticator } from './support/passkeys.ts';

const patience = { timeout: 30_000 };
const password = 'mưa rào Hồ Gươm';

describe.skipIf(chromiumPath() === undefined)(`passkeys in the console${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let folder: string;
  let server: Child;
  let browser: Browser;
  let desk: Page;
  let link: string;
  /** Whether the finger on the authenticator is the right one. */
  let setVerified: (verified: boolean) => Promise<unknown>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ihanoi passkeys '));
    server = startServerChild({ folder, port: await freePort() });
    link = String((await server.message('ready'))['signInLink']);
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    desk = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    ({ setVerified } = await virtualAuthenticator(desk));
  });
  afterAll(async () => {
    await browser.close();
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is added at the address that the server prints, signs in after the password, and is removed', async () => {
    expect(new URL(link).hostname).toBe('localhost');
    await desk.goto(link);
    await desk.getByTestId('sign-out').waitFor(patience);
    await addPasskey(desk, { password, name: 'Khóa ở bàn trực' });
    expect(await desk.getByTestId('recovery-codes').locator('li').count()).toBe(10);
    expect(await desk.getByTestId('passkey').innerText()).toContain('Khóa ở bàn trực');

    await desk.getByTestId('sign-out').click(patience);
    await desk.getByTestId('sign-in-login').fill('quantri', patience);
    await desk.getByTestId('sign-in-password').fill(password, patience);
    await desk.getByTestId('sign-in').click(patience);
    await setVerified(false);
    await desk.getByTestId('sign-in-passkey').click(patience);
    await desk.getByTestId('passkey-stopped').waitFor(patience);
    await setVerified(true);
    await desk.getByTestId('sign-in-passkey').click(patience);
    await desk.getByTestId('sign-out').waitFor(patience);

    await desk.evaluate(() => void (location.hash = '#/account'));
    await desk.getByTestId('passkey-remove').click(patience);
    await desk.getByTestId('proof-passkey').click(patience);
    await desk.getByTestId('passkey-done').waitFor(patience);
    await desk.locator('[data-testid="second-factor"][data-state="later"]').waitFor(patience);
  });
});
