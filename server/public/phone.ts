// What opened a scan link: only phones' own browsers are sent on to a store.

export type Platform = 'ios' | 'android' | 'other';

export interface Phone {
  readonly platform: Platform;
  /** Browsers inside other apps often cannot open a store, so they get the page. */
  readonly inApp: boolean;
  /** Fetches a preview; nobody has scanned anything. */
  readonly robot: boolean;
}

const inAppBrowsers = /Zalo|FBAN|FBAV|FB_IAB|FBIOS|Messenger|Instagram|\bLine\/|TikTok|musical_ly|Bytedance|MicroMessenger|; wv\)/i;
const robots = /bot\b|crawl|spider|facebookexternalhit|preview|curl\/|wget\/|headless/i;

export function phoneOf(userAgent: string): Phone {
  const platform = /iPhone|iPad|iPod/i.test(userAgent) ? 'ios' : /Android/i.test(userAgent) ? 'android' : 'other';
  return { platform, inApp: inAppBrowsers.test(userAgent), robot: userAgent === '' || robots.test(userAgent) };
}
