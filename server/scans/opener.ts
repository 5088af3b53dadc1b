// Who opened a scan link: a person's phone, an app that fetches a preview, or a program. Only phones' own browsers are sent on to a store.
import type { IncomingHttpHeaders } from 'node:http';

export type Platform = 'ios' | 'android' | 'other';

export interface Opener {
  readonly by: 'person' | 'preview' | 'bot';
  readonly platform: Platform;
  /** Browsers inside other apps often cannot open a store, so they get the page. */
  readonly inApp: boolean;
}

const inAppBrowsers = /Zalo|FBAN|FBAV|FB_IAB|FBIOS|Messenger|Instagram|\bLine\/|TikTok|musical_ly|Bytedance|MicroMessenger|Viber|Telegram|; wv\)/i;
/** Apps and services that fetch a link only to draw a card of it. */
const previews =
  /facebookexternalhit|facebookcatalog|meta-external|facebot|twitterbot|telegrambot|whatsapp\/|viberbot|slackbot|slack-img|discordbot|linkedinbot|skypeuripreview|pinterest|zalo(?:-?preview|bot)|kakaotalk-scrap|preview/i;
// CUBOT makes telephones.
const programs =
  /(?<!cu)bot\b|crawl|spider|slurp|monitor|uptime|curl\/|wget\/|python|okhttp|java\/|go-http|axios|node-fetch|undici|libwww|httpclient|headless|phantom|lighthouse/i;

/** A browser says so when it fetches ahead of a tap. */
function isAhead(headers: IncomingHttpHeaders): boolean {
  return ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].some((name) => /prefetch|preview|prerender/i.test(String(headers[name] ?? '')));
}

export function openerOf(method: string, headers: IncomingHttpHeaders): Opener {
  const userAgent = headers['user-agent'] ?? '';
  const platform = /iPhone|iPad|iPod/i.test(userAgent) ? 'ios' : /Android/i.test(userAgent) ? 'android' : 'other';
  // Every browser of its own on iOS names Safari; a view inside another app does not.
  const isView = platform === 'ios' && !/Safari\//.test(userAgent);
  const inApp = inAppBrowsers.test(userAgent) || isView;
  if (previews.test(userAgent) || isAhead(headers)) return { by: 'preview', platform, inApp };
  // Who asks for the head alone checks links; who does not name itself is no phone.
  if (method !== 'GET' || userAgent === '' || programs.test(userAgent)) return { by: 'bot', platform, inApp };
  return { by: 'person', platform, inApp };
}
