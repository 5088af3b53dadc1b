// The words of the history page, of corrections, withdrawals and undo.
import type { Language } from '../../core/primitives.ts';

export const historyMessages = {
  'history.tab': { vi: 'Các kỳ đã công bố', en: 'Published' },
  'history.lead': {
    vi: 'Kỳ đã công bố không bao giờ bị sửa. Đính chính hay rút số liệu là một kỳ mới, lý do hiện trên trang công khai.',
    en: 'What was published is never changed. A correction or withdrawal is a new number; its reason stands on the public page.',
  },
  'history.none': { vi: 'Chưa có kỳ số liệu nào.', en: 'There is no snapshot yet.' },
  'history.public': { vi: 'Trang công khai', en: 'Public page' },
  'history.inForce': { vi: 'Đang công bố', en: 'In force' },
  'history.past': { vi: 'Đã có kỳ mới hơn', en: 'A newer one is out' },
  'history.empty': { vi: 'Không có số liệu', en: 'No figures' },
  'history.units': { vi: '{count} đơn vị', en: '{count} units' },
  'history.correction': { vi: 'Đính chính kỳ số {number}', en: 'Corrects snapshot {number}' },
  'history.withdrawal': { vi: 'Rút kỳ số {number}', en: 'Withdraws snapshot {number}' },
  'history.by.correction': { vi: 'Đã đính chính bằng kỳ số {number}', en: 'Corrected by snapshot {number}' },
  'history.by.withdrawal': { vi: 'Đã rút bằng kỳ số {number}', en: 'Withdrawn by snapshot {number}' },
  'history.reason': { vi: 'Lý do: {reason}', en: 'Reason: {reason}' },
  'history.undo': { vi: 'Hoàn tác (còn {left})', en: 'Undo ({left} left)' },
  'history.undoWhat': {
    vi: 'Số liệu của kỳ trước trở lại trên mọi màn hình dưới số kỳ mới. Trong 10 phút, người nhập tự hoàn tác được; sau đó cần người phê duyệt rút.',
    en: 'The figures before return to every screen under a new number. For 10 minutes whoever imports can undo; later an approver withdraws.',
  },
  'history.withdraw': { vi: 'Rút số liệu…', en: 'Withdraw…' },
  'history.withdrawTitle': { vi: 'Rút kỳ số {number}', en: 'Withdraw snapshot {number}' },
  'history.withdrawWhat': {
    vi: 'Số liệu của kỳ trước trở lại trên mọi màn hình dưới số kỳ mới; nếu chưa có kỳ nào trước đó, màn hình ngừng hiện bảng kết quả.',
    en: 'The figures before return to every screen under a new number; where there are none, screens stop showing the scoreboard.',
  },
  'history.why': { vi: 'Lý do (công khai, ít nhất 5 ký tự)', en: 'Reason (public, at least 5 characters)' },
  'history.whyHint': { vi: 'Ví dụ: Tệp gửi thiếu 27 đơn vị, chờ gửi lại đầy đủ.', en: 'Such as: 27 units were missing from the file; a complete one follows.' },
  'history.confirm': { vi: 'Rút kỳ số {number}', en: 'Withdraw snapshot {number}' },
  'history.done': { vi: 'Xong. Kỳ số {number} đang được công bố.', en: 'Done. Snapshot {number} is in force.' },
  'correct.check': { vi: 'Đính chính kỳ đang công bố (số {number})', en: 'Correct the snapshot in force ({number})' },
  'correct.hint': {
    vi: 'Thay số liệu sai bằng một kỳ mới. Mức tăng được tính so với kỳ trước kỳ sai.',
    en: 'A new number takes the place of wrong figures. Growth is measured against those before the wrong ones.',
  },
  'correct.badge': { vi: 'Đính chính kỳ số {number}', en: 'Corrects snapshot {number}' },
} as const satisfies Record<string, Record<Language, string>>;
