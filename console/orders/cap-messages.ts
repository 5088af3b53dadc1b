// The words of taking a CAP message.
import type { Language } from '../../core/primitives.ts';

export const capMessages = {
  'cap.open': { vi: 'Nhập thông báo từ tệp CAP (XML)', en: 'Take an alert from a CAP file (XML)' },
  'cap.lead': {
    vi: 'Tệp CAP 1.2 của cơ quan cảnh báo. Xem thử trước: trang này nói rõ màn hình nào sẽ chiếu gì. Chỉ thông báo thật (Actual) được chiếu.',
    en: 'A CAP 1.2 file of a warning authority. It is tried first: this page says which screens would show what. Only a real message (Actual) is shown.',
  },
  'cap.file': { vi: 'Tệp CAP', en: 'CAP file' },
  'cap.tooLarge': { vi: 'Tệp quá lớn: thông báo CAP có tối đa 200.000 ký tự.', en: 'The file is too large: a CAP message has 200,000 letters at most.' },
  'cap.from': { vi: '{sender} gửi lúc {moment}, số {identifier}', en: 'Sent by {sender} at {moment}, number {identifier}' },
  'cap.action.show': { vi: 'Sẽ chiếu thông báo mới.', en: 'A new alert would be shown.' },
  'cap.action.replace': { vi: 'Sẽ thay thông báo đang chiếu.', en: 'It would take the place of an alert that is shown.' },
  'cap.action.end': { vi: 'Sẽ kết thúc thông báo đang chiếu.', en: 'It would end an alert that is shown.' },
  'cap.action.none': { vi: 'Không có gì lên màn hình.', en: 'Nothing would be shown.' },
  'cap.ends': { vi: 'Lệnh số {number}: {headline}', en: 'Order {number}: {headline}' },
  'cap.waiting': { vi: 'Đang chờ người thứ hai xác nhận: {headline}', en: 'Waits for a second person: {headline}' },
  'cap.shortened': {
    vi: 'Phần hướng dẫn dài hơn màn hình đọc được nên chỉ giữ các câu đầu.',
    en: 'The instruction is longer than a screen can carry; its first sentences are kept.',
  },
  'cap.which': { vi: '“{area}” là nơi nào?', en: 'Which place is “{area}”?' },
  'cap.notHere': { vi: 'Không thuộc địa bàn này', en: 'It is not here' },
  'cap.wholeCity': { vi: 'Toàn thành phố', en: 'The whole city' },
  'cap.choose': { vi: 'Chọn đơn vị…', en: 'Choose a unit…' },
  'cap.expires': { vi: 'Tự hết lúc {moment}', en: 'Goes by itself at {moment}' },
  'cap.endAsked': { vi: 'Thông báo không ghi thời hạn. Tự hết sau', en: 'The message names no end. It goes by itself after' },
  'cap.send': { vi: 'Phát thông báo', en: 'Send the alert' },
  'cap.signed': {
    vi: 'Chiếu cả trên các màn hình đòi chữ ký: {names}. Toàn bộ thông báo chờ {count} người duyệt ký.',
    en: 'Also on the screens that ask for signatures: {names}. All of it waits for {count} approvers to sign.',
  },
  'cap.ask': { vi: 'Gửi người thứ hai xác nhận', en: 'Hand to a second person' },
  'cap.end': { vi: 'Kết thúc thông báo trên màn hình', en: 'End the alert on screens' },
  'cap.done': { vi: 'Đã phát, lệnh số {number}.', en: 'It is out, order {number}.' },
  'cap.ended': { vi: 'Đã kết thúc thông báo trên màn hình.', en: 'The alert on screens has ended.' },
} as const satisfies Record<string, Record<Language, string>>;
