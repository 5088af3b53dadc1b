// People at their desks: the console in a real browser, opened by a link that signs in.
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../core/roles.ts';
import { invitedSchema, peoplePaths } from '../../core/people-api.ts';
import { chromiumPath } from './browser.ts';

export function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/** Whoever the link is for, with cookies of their own. @param width pixels */
export async function signedIn(browser: Browser, link: string, width = 1440): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
  await page.goto(link);
  await page.getByTestId('signed-in').waitFor({ timeout: 60_000 });
  return page;
}

/** What the person at this page sends to the API; bytes go as a file. */
export async function post(by: Page, path: string, data: object | Buffer): Promise<unknown> {
  const headers = { origin: new URL(by.url()).origin, ...(Buffer.isBuffer(data) ? { 'content-type': 'application/octet-stream' } : {}) };
  const answer = await by.request.post(new URL(path, by.url()).href, { headers, data });
  expect([path, answer.status()], await answer.text()).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
  return answer.json();
}

/** @returns the link by which the new person signs in for the first time */
export async function invite(by: Page, person: { name: string; role: Role; unit?: string; login: string }): Promise<string> {
  return invitedSchema.parse(await post(by, peoplePaths.people, { unit: null, ...person })).link;
}
