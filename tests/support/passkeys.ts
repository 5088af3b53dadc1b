// A second factor as people get one in the console: a password, then a passkey, with the virtual authenticator of a real browser.
import type { Page } from 'playwright-core';

const patience = { timeout: 30_000 };

/** An authenticator whose finger is the right one until told otherwise. */
export async function virtualAuthenticator(page: Page): Promise<{ setVerified(verified: boolean): Promise<unknown> }> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('WebAuthn.enable');
  const { authenticatorId } = await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { setVerified: (isUserVerified) => tools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }) };
}

/** Of somebody who came by a link and is signed in. */
export async function addPasskey(page: Page, { password, name }: { password: string; name: string }): Promise<void> {
  await page.evaluate(() => void (location.hash = '#/account'));
  // What the page asks for at first has been answered before the session gets another secret.
  for (const loaded of ['own-session', 'passkey-name', 'deputies']) await page.getByTestId(loaded).first().waitFor(patience);
  await page.getByTestId('password-next').fill(password, patience);
  await page.getByTestId('password-set').click(patience);
  await page.getByTestId('password-done').waitFor(patience);
  await page.getByTestId('passkey-name').fill(name, patience);
  await page.getByTestId('passkey-add').click(patience);
  await page.locator('[data-testid="second-factor"][data-state="on"]').waitFor(patience);
}
