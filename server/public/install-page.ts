// Where a code leads when no store can be opened at once: the links that there are, three steps, and what never to give away.
import type { Campaign } from '../../core/campaign.ts';
import { drum } from './drum.ts';
import { html, type Html } from './html.ts';
import { styleOf, type Page } from './page.ts';

const style = styleOf('install.css');

/** The official name, never broken over lines. */
const appName = 'Công dân Thủ đô số – iHanoi';

interface Words {
  readonly lead: string;
  readonly ios: string;
  readonly android: string;
  readonly web: string;
  readonly none: string;
  readonly steps: readonly string[];
  readonly inApp: string;
  readonly warning: string;
  readonly speaker: string;
  readonly helpline: string;
}

const vietnamese: Words = {
  lead: 'Ứng dụng để người dân, doanh nghiệp trao đổi trực tuyến với chính quyền thành phố Hà\u00a0Nội.',
  ios: 'Cài đặt cho iPhone, iPad (App Store)',
  android: 'Cài đặt cho Android (Google Play)',
  web: 'Mở trang iHanoi',
  none: 'Tìm "iHanoi" trong App Store hoặc Google Play.',
  steps: [
    'Cài đặt ứng dụng iHanoi từ liên kết ở trên.',
    'Mở ứng dụng, tạo và kích hoạt tài khoản theo hướng dẫn.',
    'Gửi phản ánh, kiến nghị và theo dõi kết quả trả lời.',
  ],
  inApp: 'Mở trong Zalo hoặc Facebook mà chưa tải được? Bấm dấu ba chấm, chọn mở bằng trình duyệt.',
  warning: 'Cán bộ không bao giờ hỏi mã OTP, mật khẩu.',
  speaker: 'Liên kết của',
  helpline: 'Cần hỗ trợ, gọi',
};
const english: Words = {
  lead: 'The app in which residents and businesses deal with the city of Hà\u00a0Nội online.',
  ios: 'Install on iPhone, iPad (App Store)',
  android: 'Install on Android (Google Play)',
  web: 'Open the iHanoi site',
  none: 'Look for “iHanoi” in the App Store or on Google Play.',
  steps: ['Install the iHanoi app from a link above.', 'Open it, create your account and activate it.', 'Report a problem and follow the answer.'],
  inApp: 'Opened inside Zalo or Facebook and nothing loads? Tap the three dots and open it in your browser.',
  warning: 'No official ever asks for your OTP code or password.',
  speaker: 'A link of',
  helpline: 'Help line',
};

function links({ ios, android, web }: Campaign['links'], words: Words): Html {
  const shown = [
    { url: ios.url, text: words.ios },
    { url: android.url, text: words.android },
    { url: web.url, text: words.web },
  ].filter(({ url }) => url !== '');
  if (shown.length === 0) return html`<p class="none">${words.none}</p>`;
  return html`<ul class="links">
    ${shown.map(
      ({ url, text }) =>
        html`<li>
          <a href="${url}" rel="noopener noreferrer"><b>${text}</b><span>${new URL(url).host}</span></a>
        </li>`,
    )}
  </ul>`;
}

function helpline({ number, branch }: Campaign['helpline'], language: 'vi' | 'en', words: Words): Html | undefined {
  if (number === '') return undefined;
  const extension = branch === undefined ? '' : language === 'vi' ? `, nhánh ${branch}` : `, branch ${branch}`;
  return html`<p>${words.helpline} <a href="tel:${number}">${number}</a>${extension}</p>`;
}

function part(campaign: Campaign, language: 'vi' | 'en', words: Words): Html {
  return html`<section lang="${language}">
    <p class="lead">${words.lead}</p>
    ${links(campaign.links, words)}
    <ol class="steps">
      ${words.steps.map((step) => html`<li><span>${step}</span></li>`)}
    </ol>
    <p class="warning">${words.warning}</p>
    <p class="small">${words.inApp}</p>
    <div class="small">
      <p>${words.speaker} ${language === 'en' ? (campaign.speaker.en ?? campaign.speaker.vi) : campaign.speaker.vi}.</p>
      ${helpline(campaign.helpline, language, words)}
    </div>
  </section>`;
}

export function installPage(campaign: Campaign): Page {
  return {
    title: appName,
    description: vietnamese.lead,
    style,
    body: html`<body>
      <header>
        ${drum} ${campaign.trial && html`<p class="chip">Chiến dịch mẫu · Sample campaign</p>`}
        <h1>${appName}</h1>
      </header>
      <main>${part(campaign, 'vi', vietnamese)} ${part(campaign, 'en', english)}</main>
    </body>`,
  };
}
