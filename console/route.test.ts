import { describe, expect, it } from 'vitest';
import { addresses, readRoute, tokenOfLink } from './route.ts';

describe('addresses of the console', () => {
  it('lead to the page that they name', () => {
    expect(readRoute(addresses.screens)).toEqual({ page: 'screens' });
    expect(readRoute(addresses.newScreen)).toEqual({ page: 'new-screen' });
    expect(readRoute(addresses.outlook)).toEqual({ page: 'outlook' });
    const id = '7f0e3a52-8a44-4d6e-9b1d-0c5f0e1f2a3b';
    expect(readRoute(addresses.screen(id))).toEqual({ page: 'screen', id });
    expect(readRoute(addresses.campaign)).toEqual({ page: 'campaign' });
    expect(readRoute(addresses.pair('a b'))).toEqual({ page: 'pair', screen: 'a b' });
    expect(readRoute(addresses.pair())).toEqual({ page: 'pair', screen: undefined });
    expect(readRoute(addresses.scoreboard)).toEqual({ page: 'scoreboard' });
    expect(readRoute(addresses.tokens)).toEqual({ page: 'tokens' });
    expect(readRoute(addresses.objections)).toEqual({ page: 'objections' });
    expect(readRoute(addresses.boardHistory)).toEqual({ page: 'board-history' });
    expect(readRoute(addresses.scans)).toEqual({ page: 'scans' });
    expect(readRoute(addresses.library)).toEqual({ page: 'library' });
    expect(readRoute(addresses.playlists)).toEqual({ page: 'playlists' });
    expect(readRoute(addresses.playlist('street'))).toEqual({ page: 'playlist', id: 'street' });
    expect(readRoute(addresses.account)).toEqual({ page: 'account' });
    expect(readRoute(addresses.people)).toEqual({ page: 'people' });
    expect(readRoute(addresses.orders())).toEqual({ page: 'orders', form: 'stop' });
    expect(readRoute(addresses.orders('alert'))).toEqual({ page: 'orders', form: 'alert' });
    expect(readRoute('#/orders/cancel')).toEqual({ page: 'orders', form: 'stop' });
  });

  it('lead to the screens when nobody knows them', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/screens/7']) expect(readRoute(hash)).toEqual({ page: 'screens' });
  });

  it('survive a broken escape', () => {
    expect(readRoute('#/playlists/%E0%A4%A')).toEqual({ page: 'playlist', id: '%E0%A4%A' });
  });
});

describe('a pasted sign-in link', () => {
  const token = 'i5H8Gy2GItnsQALlx0X5PYjpraIAaAcmaPnlf7NSOog';

  it('gives its token, as a whole address, its end or alone', () => {
    expect(tokenOfLink(` http://127.0.0.1:8080/console/#/sign-in?token=${token} `)).toBe(token);
    expect(tokenOfLink(`#/sign-in?token=${token}`)).toBe(token);
    expect(tokenOfLink(token)).toBe(token);
  });

  it('gives nothing when it is something else', () => {
    expect(tokenOfLink('xin chào')).toBeUndefined();
    expect(tokenOfLink('http://127.0.0.1:8080/console/')).toBeUndefined();
  });
});
