// The words of the printed sheets "what is on now".
import type { Language } from '../../core/primitives.ts';

export const sheetMessages = {
  'sheet.link': { vi: 'Đang chiếu gì (để in)', en: 'What is on (to print)' },
  'sheet.title': { vi: 'Đang chiếu gì', en: 'What is on now' },
  'sheet.lead': {
    vi: 'Mỗi màn hình một trang, để dán tại phường hoặc kèm biên bản kiểm tra. Chọn đơn vị rồi in.',
    en: 'A page for each screen, to put up in the ward or to file with an inspection. Choose the unit, then print.',
  },
  'sheet.all': { vi: 'Tất cả đơn vị', en: 'All units' },
  'sheet.noUnit': { vi: 'Chưa gắn đơn vị', en: 'Without a unit' },
  'sheet.print': { vi: 'In {count} trang', en: 'Print {count} pages' },
  'sheet.madeAt': { vi: 'Lập lúc {moment}', en: 'Made at {moment}' },
  'sheet.where': { vi: 'Nơi đặt', en: 'Place' },
  'sheet.number': { vi: 'Màn hình số', en: 'Screen number' },
  'sheet.state': { vi: 'Tình trạng', en: 'State' },
  'sheet.shows': { vi: 'Đang chiếu', en: 'On now' },
  'sheet.contact': { vi: 'Liên hệ khi có sự cố', en: 'Whom to call' },
  'sheet.next': { vi: 'Lịch chiếu 10 phút tới', en: 'Planned for the next 10 minutes' },
  'sheet.none': { vi: 'Đơn vị này chưa có màn hình nào đang phục vụ.', en: 'This unit has no screen in service.' },
} as const satisfies Record<string, Record<Language, string>>;
