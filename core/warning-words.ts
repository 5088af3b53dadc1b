// What each warning of a screen says to people.
import type { Words } from './item-words.ts';
import { warningCodes, type WarningCode } from './warnings.ts';

export const warningWords: Readonly<Record<WarningCode, Words>> = {
  'old-offered': { vi: 'Có nội dung cũ được gửi tới; thiết bị đã từ chối.', en: 'Old content was offered; the box refused it.' },
  'foreign-offered': {
    vi: 'Có nội dung của kênh hoặc màn hình khác được gửi tới; thiết bị đã từ chối.',
    en: 'Content for another channel or screen was offered; the box refused it.',
  },
  'unsigned-offered': {
    vi: 'Có nội dung thiếu chữ ký hợp lệ được gửi tới; thiết bị đã từ chối.',
    en: 'Content without enough valid signatures was offered; the box refused it.',
  },
  'root-refused': {
    vi: 'Tài liệu khóa gốc của máy chủ không nối tiếp tài liệu mà thiết bị đã ghim.',
    en: 'The server’s root document does not follow from the one that the box has pinned.',
  },
  'clock-untrusted': {
    vi: 'Đồng hồ chưa được máy chủ xác nhận; các mục có ngày giờ riêng có thể chưa chiếu.',
    en: 'The clock is not confirmed by the server; items with dates or hours may be left out.',
  },
  'clock-off': {
    vi: 'Đồng hồ của máy lệch hơn một phút; màn hình vẫn theo giờ máy chủ. Hãy kiểm tra NTP và pin đồng hồ.',
    en: 'The machine’s clock is more than a minute off; the screen follows the server. Check NTP and the clock’s battery.',
  },
  'time-back': {
    vi: 'Giờ do máy chủ ký lùi lại so với trước. Hãy kiểm tra đồng hồ máy chủ.',
    en: 'The server’s signed time went back. Check the server’s clock.',
  },
  'out-of-date': {
    vi: 'Không gặp máy chủ quá số ngày cho phép; đang chiếu danh sách dự phòng.',
    en: 'No server for longer than allowed; the factory playlist plays.',
  },
  'two-players': {
    vi: 'Hai thiết bị cùng dùng khóa của màn hình này. Hãy ngắt thiết bị thừa và ghép nối lại.',
    en: 'Two boxes use this screen’s key. Disconnect the one too many and pair again.',
  },
  'short-runs': {
    vi: 'Thiết bị khởi động lại nhiều lần liền, mỗi lần chạy chưa đến mười phút. Hãy kiểm tra nguồn điện và dây cắm; nếu điện ổn định, hãy lấy nhật ký của thiết bị.',
    en: 'The box started again several times in a row, each time within ten minutes. Check power and plugs; where the power is steady, collect the box’s log.',
  },
  'disk-tight': { vi: 'Ổ đĩa của thiết bị sắp đầy, cần dọn bớt.', en: 'The box’s disk is nearly full; make room.' },
  'disk-full': {
    vi: 'Ổ đĩa của thiết bị đã đầy. Màn hình vẫn chiếu; nội dung mới chưa nhận được. Hãy dọn ổ đĩa.',
    en: 'The box’s disk is full. The screen goes on; new content cannot be taken. Clear the disk.',
  },
  'disk-read-only': {
    vi: 'Ổ đĩa của thiết bị không ghi được nữa. Màn hình vẫn chiếu, nhật ký phát nằm trong bộ nhớ. Hãy thay ổ đĩa.',
    en: 'The box’s disk cannot be written any more. The screen goes on, its plays are kept in memory. Replace the disk.',
  },
  'brightness-failed': {
    vi: 'Không đặt được độ sáng của bộ điều khiển bảng LED: kiểm tra chương trình độ sáng và cáp nối.',
    en: 'The brightness of the wall’s controller could not be set: check the brightness program and its cable.',
  },
  'disk-failing': { vi: 'Ổ đĩa của thiết bị báo lỗi đọc ghi. Hãy thay ổ đĩa.', en: 'The box’s disk reports read or write faults. Replace it.' },
  'file-damaged': {
    vi: 'Có tệp trên thiết bị bị hỏng; thiết bị bỏ tệp đó và tải lại. Nếu lặp lại, hãy thay ổ đĩa.',
    en: 'A file on the box was damaged; the box dropped it and fetches it again. If this repeats, replace the disk.',
  },
};

export function isKnownWarning(code: string): code is WarningCode {
  return (warningCodes as readonly string[]).includes(code);
}
