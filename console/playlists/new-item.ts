// What a new item of each scene begins with: the words that offices use, where a scene always says much the same, and empty fields elsewhere.
import type { SentItem } from '../../core/playlist-draft.ts';
import type { SceneName } from '../../core/scenes.ts';
import { textAt, type Props } from './props-draft.ts';

const empty = { vi: '' };

const beginnings: Readonly<Record<SceneName, { readonly seconds: number; readonly props: Props }>> = {
  message: { seconds: 12, props: { heading: empty } },
  picture: { seconds: 12, props: { alt: empty, fit: 'cover' } },
  video: { seconds: 30, props: { alt: empty, fit: 'cover' } },
  story: { seconds: 24, props: { kicker: empty, pages: [{ heading: empty }, { heading: empty }] } },
  motto: {
    seconds: 15,
    props: {
      kicker: { vi: 'Phương châm đợt thi đua' },
      word: { vi: 'Dân' },
      phrases: ['biết', 'bàn', 'làm', 'kiểm tra', 'giám sát', 'thụ hưởng'].map((vi) => ({ vi })),
    },
  },
  countdown: { seconds: 12, props: { heading: { vi: 'Đợt thi đua cao điểm còn' } } },
  scoreboard: { seconds: 20, props: { title: { vi: 'Kết quả thi đua cài đặt iHanoi' }, view: 'ranking' } },
  install: {
    seconds: 20,
    props: {
      lead: { vi: 'Gửi phản ánh, kiến nghị; chính quyền tiếp nhận, xử lý, trả lời.' },
      call: { vi: 'Quét mã để cài đặt' },
      steps: ['Quét mã, cài đặt iHanoi', 'Đăng nhập, kích hoạt tài khoản', 'Gửi phản ánh, kiến nghị đầu tiên'].map((vi) => ({ vi })),
      note: { vi: 'Cần hỗ trợ? Hỏi Tổ chuyển đổi số cộng đồng hoặc gọi 1022, nhánh 8. Cán bộ không bao giờ hỏi mã OTP, mật khẩu.' },
    },
  },
  clock: { seconds: 10, props: {} },
};

export function newItem(scene: SceneName, id: string, name: string): SentItem {
  const { seconds, props } = beginnings[scene];
  return { id, name, scene, props, seconds, weight: 1, windows: [], enabled: true };
}

const maxNameLength = 60;

/** A name from what the item says, for whoever gave it none. */
export function nameFrom({ props }: Pick<SentItem, 'props'>): string | undefined {
  const said = ['heading', 'title', 'caption', 'kicker', 'alt'].map((key) => textAt(props, [key]).vi.trim()).find((text) => text !== '');
  if (said === undefined || said.length <= maxNameLength) return said;
  const cut = said.slice(0, maxNameLength);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))}…`;
}
