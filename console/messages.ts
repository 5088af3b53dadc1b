// Every word that the console says, in Vietnamese and English. `{name}` is a slot; a missing language, key or slot does not compile.
import type { Language } from '../core/primitives.ts';
import { channelMessages } from './channels/channel-messages.ts';
import { accountMessages } from './account/account-messages.ts';
import { capMessages } from './orders/cap-messages.ts';
import { libraryMessages } from './library/library-messages.ts';
import { peopleMessages } from './people/people-messages.ts';
import { itemMessages } from './playlists/item-messages.ts';
import { playlistMessages } from './playlists/playlist-messages.ts';
import { batchMessages } from './screens/batch-messages.ts';
import { checkMessages } from './publishing/check-messages.ts';
import { signatureMessages } from './publishing/signature-messages.ts';
import { canaryMessages } from './publishing/canary-messages.ts';
import { scheduleMessages } from './publishing/schedule-messages.ts';
import { figuresMessages } from './figures/figures-messages.ts';
import { reportsMessages } from './reports/reports-messages.ts';
import { scansMessages } from './scans/scans-messages.ts';
import { finalMessages } from './scoreboard/final-messages.ts';
import { historyMessages } from './scoreboard/history-messages.ts';
import { holdMessages } from './scoreboard/hold-messages.ts';
import { importMessages } from './scoreboard/import-messages.ts';
import { objectionMessages } from './scoreboard/objection-messages.ts';
import { sourceMessages } from './scoreboard/source-messages.ts';
import { targetMessages } from './scoreboard/target-messages.ts';
import { sheetMessages } from './sheets/sheet-messages.ts';
import { settingsMessages } from './settings/settings-messages.ts';
import { timelineMessages } from './timeline/timeline-messages.ts';
import { screenMessages } from './screens/screen-messages.ts';
import { pairingMessages } from './screens/pairing-messages.ts';
import { orderMessages } from './orders/order-messages.ts';
import { boardMessages } from './scoreboard/board-messages.ts';
import { tokenMessages } from './tokens/token-messages.ts';
import { signInMessages } from './account/sign-in-messages.ts';

export const messages = {
  ...accountMessages,
  ...finalMessages,
  ...objectionMessages,
  ...sourceMessages,
  ...targetMessages,
  ...historyMessages,
  ...holdMessages,
  ...importMessages,
  ...channelMessages,
  ...capMessages,
  ...libraryMessages,
  ...peopleMessages,
  ...itemMessages,
  ...playlistMessages,
  ...batchMessages,
  ...checkMessages,
  ...signatureMessages,
  ...canaryMessages,
  ...scheduleMessages,
  ...figuresMessages,
  ...reportsMessages,
  ...scansMessages,
  ...settingsMessages,
  ...sheetMessages,
  ...timelineMessages,
  ...screenMessages,
  ...pairingMessages,
  ...orderMessages,
  ...boardMessages,
  ...tokenMessages,
  ...signInMessages,
  'app.title': { vi: 'Điều hành màn hình', en: 'Display console' },
  'app.wordmark': { vi: 'iHanoi', en: 'iHanoi' },
  'app.skip': { vi: 'Đến nội dung chính', en: 'Skip to content' },
  'app.language': { vi: 'Ngôn ngữ', en: 'Language' },
  'app.loading': { vi: 'Đang tải…', en: 'Loading…' },
  'app.trial': { vi: 'CHẠY THỬ', en: 'TRIAL' },
  'app.trialHint': { vi: 'Máy chủ chạy thử: số liệu và màn hình là mẫu.', en: 'A trial server: its figures and screens are samples.' },
  'app.server': { vi: 'Máy chủ', en: 'Server' },
  'app.live': { vi: 'Trực tiếp', en: 'Live' },
  'app.notLive': { vi: 'Mất liên lạc với máy chủ – đang kết nối lại', en: 'Lost contact with the server – reconnecting' },
  'app.retry': { vi: 'Thử lại', en: 'Try again' },
  'app.close': { vi: 'Đóng', en: 'Close' },
  'app.cancel': { vi: 'Hủy', en: 'Cancel' },
  'app.copy': { vi: 'Sao chép', en: 'Copy' },
  'app.copied': { vi: 'Đã sao chép', en: 'Copied' },
  'app.none': { vi: 'Không có', en: 'None' },
  'app.unknown': { vi: 'Chưa biết', en: 'Not known' },
  'nav.label': { vi: 'Các trang', en: 'Pages' },
  'nav.screens': { vi: 'Màn hình', en: 'Screens' },
  'nav.scoreboard': { vi: 'Kết quả thi đua', en: 'Scoreboard' },
  'nav.playlists': { vi: 'Danh sách phát', en: 'Playlists' },
  'nav.approvals': { vi: 'Chờ duyệt', en: 'To approve' },
  'nav.approvalsCount': { vi: '{count} việc chờ anh/chị', en: '{count} wait for you' },
  'nav.scans': { vi: 'Mã QR', en: 'Codes' },
  'nav.orders': { vi: 'Khẩn, tạm ngừng', en: 'Alerts, stops' },
  'nav.more': { vi: 'Thêm', en: 'More' },
  'nav.people': { vi: 'Người dùng', en: 'People' },
  'role.viewer': { vi: 'Người xem', en: 'Viewer' },
  'role.editor': { vi: 'Biên tập', en: 'Editor' },
  'role.approver': { vi: 'Phê duyệt', en: 'Approver' },
  'role.admin': { vi: 'Quản trị', en: 'Administrator' },

  'failure.unreachable': {
    vi: 'Không liên lạc được với máy chủ. Kiểm tra mạng rồi thử lại.',
    en: 'The server cannot be reached. Check the network and try again.',
  },
  'failure.unexpected': {
    vi: 'Máy chủ trả lời không đúng mẫu (HTTP {status}). Tải lại trang; nếu vẫn lỗi, báo kỹ thuật viên.',
    en: 'The server’s answer was not understood (HTTP {status}). Reload the page; if it stays so, tell a technician.',
  },

  'failure.line': { vi: 'Dòng {line}:', en: 'Line {line}:' },

  'age.now': { vi: 'vừa xong', en: 'just now' },
  'age.seconds': { vi: '{count} giây trước', en: '{count} s ago' },
  'age.minutes': { vi: '{count} phút trước', en: '{count} min ago' },
  'age.hours': { vi: '{count} giờ trước', en: '{count} h ago' },
  'age.days': { vi: '{count} ngày trước', en: '{count} d ago' },

  'kind.led': { vi: 'LED', en: 'LED' },
  'kind.lcd': { vi: 'LCD', en: 'LCD' },
  'kind.kiosk': { vi: 'Kiosk', en: 'Kiosk' },

  'left.seconds': { vi: '{count} giây', en: '{count} s' },
  'left.minutes': { vi: '{count} phút', en: '{count} min' },
  'left.hours': { vi: '{count} giờ', en: '{count} h' },
  'left.hoursMinutes': { vi: '{hours} giờ {minutes} phút', en: '{hours} h {minutes} min' },
  'left.days': { vi: '{count} ngày', en: '{count} days' },
  'left.daysHours': { vi: '{days} ngày {hours} giờ', en: '{days} d {hours} h' },
  'left.none': { vi: 'sắp hết', en: 'ending' },
  'time.seconds': { vi: '{count} giây', en: '{count} s' },
  'time.minutes': { vi: '{minutes} phút {seconds} giây', en: '{minutes} min {seconds} s' },
} as const satisfies Record<string, Record<Language, string>>;

export type MessageKey = keyof typeof messages;

type SlotsIn<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}` ? Slot | SlotsIn<Rest> : never;
type SlotsOf<Key extends MessageKey> = SlotsIn<(typeof messages)[Key]['vi']>;

/** Keys whose text stands alone. */
export type PlainKey = { [Key in MessageKey]: [SlotsOf<Key>] extends [never] ? Key : never }[MessageKey];

/** What has to be passed with a key: nothing, or a value for each of its slots. */
export type Slots<Key extends MessageKey> = [SlotsOf<Key>] extends [never] ? [] : [Readonly<Record<SlotsOf<Key>, string | number>>];

export function textOf<Key extends MessageKey>(language: Language, key: Key, ...slots: Slots<Key>): string {
  const values: Readonly<Record<string, string | number>> = slots[0] ?? {};
  return messages[key][language].replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}

/** A text in a fixed language, as components and word-makers receive it. */
export type Say = <Key extends MessageKey>(key: Key, ...slots: Slots<Key>) => string;
