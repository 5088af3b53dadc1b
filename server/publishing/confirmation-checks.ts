// Links, the help line and claims that nobody has confirmed yet, each with who does what.
import type { Campaign } from '../../core/campaign.ts';
import { namesHelpline } from '../../core/claims.ts';
import type { Item } from '../../core/playlist.ts';
import type { ClaimView, PublishCheck } from '../../core/publish-checks.ts';

const stores = { ios: 'App Store', android: 'Google Play', web: 'web' } as const;

/** Where a code leads, and the number that an item tells people to call. */
export function linkChecks(items: readonly Item[], campaign: Campaign): PublishCheck[] {
  const code = items.find(({ scene }) => scene === 'install');
  const links = code ? (['ios', 'android', 'web'] as const).filter((store) => campaign.links[store].url !== '' && !campaign.links[store].confirmed) : [];
  const unopened = links.map((store): PublishCheck => {
    const { url } = campaign.links[store];
    return {
      ...{ kind: 'link', severity: 'error', item: code?.id },
      words: {
        vi: `Mã QR dẫn tới ${url} (${stores[store]}), nhưng chưa ai xác nhận địa chỉ này. Quản trị viên mở trang Chiến dịch, mở thử liên kết rồi đánh dấu “Đã mở thử, đúng nơi”.`,
        en: `The code leads to ${url} (${stores[store]}), which nobody has confirmed. An administrator opens it from the campaign page and marks it as opened.`,
      },
    };
  });
  const caller = campaign.helpline.confirmed ? undefined : items.find((item) => namesHelpline(item, campaign));
  if (!caller) return unopened;
  const { number } = campaign.helpline;
  return [
    ...unopened,
    {
      ...{ kind: 'link', severity: 'error', item: caller.id },
      words: {
        vi: `Mục “${caller.name}” bảo người dân gọi ${number}, nhưng chưa ai gọi thử. Quản trị viên gọi thử rồi đánh dấu ở trang Chiến dịch.`,
        en: `“${caller.name}” tells people to call ${number}, which nobody has tried. An administrator calls it and marks it on the campaign page.`,
      },
    },
  ];
}

export function claimChecks(claims: readonly ClaimView[]): PublishCheck[] {
  return claims
    .filter(({ confirmed }) => confirmed === null)
    .map(({ item, name, text }) => ({
      ...{ kind: 'claim', severity: 'error', item },
      words: {
        vi: `Mục “${name}”: câu “${text.vi}” có số liệu hoặc lời khẳng định mà chưa ghi căn cứ. Mở danh sách phát, bấm “Ghi căn cứ” bên câu đó và nhập văn bản làm căn cứ.`,
        en: `“${name}”: the sentence “${text.en ?? text.vi}” states a figure or claim without its basis. Open the playlist, press “State the basis” beside it and name the document.`,
      },
    }));
}
