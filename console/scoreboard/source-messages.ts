// The words of the address from which figures are fetched.
import type { Language } from '../../core/primitives.ts';

export const sourceMessages = {
  'source.tab': { vi: 'Nguồn tự động', en: 'Automatic source' },
  'source.lead': {
    vi: 'Máy chủ tự lấy tệp số liệu (Excel, CSV, JSON) từ một địa chỉ theo lịch, rồi kiểm tra như khi nhập tay: số liệu bất thường chờ người thứ hai, tệp có lỗi thì không công bố.',
    en: 'The server fetches a file of figures (Excel, CSV, JSON) from an address on a schedule and checks it as with an import: unusual figures wait for a second person, a file with errors is not published.',
  },
  'source.url': { vi: 'Địa chỉ của tệp (https://…)', en: 'Address of the file (https://…)' },
  'source.hosts': { vi: 'Máy chủ được phép: {hosts}', en: 'Allowed hosts: {hosts}' },
  'source.every': { vi: 'Lấy mỗi', en: 'Every' },
  'source.minutes': { vi: '{count} phút', en: '{count} minutes' },
  'source.hours': { vi: '{count} giờ', en: '{count} hours' },
  'source.set': { vi: 'Đặt nguồn', en: 'Set the source' },
  'source.pull': { vi: 'Lấy ngay', en: 'Fetch now' },
  'source.pulling': { vi: 'Đang lấy…', en: 'Fetching…' },
  'source.end': { vi: 'Ngừng lấy', en: 'Stop fetching' },
  'source.none': { vi: 'Chưa đặt nguồn tự động. Số liệu được nhập bằng tệp hoặc qua API.', en: 'No source is set. Figures come by file or API.' },
  'source.by': {
    vi: '{by} đặt lúc {moment}, lấy mỗi {every}. Số liệu lấy về đứng tên người này.',
    en: 'Set by {by}, {moment}, every {every}. Its figures are in this name.',
  },
  'source.last': { vi: 'Lần gần nhất: {moment}', en: 'Last time: {moment}' },
  'source.next': { vi: 'Lần tới: {moment}', en: 'Next time: {moment}' },
  'source.trouble': { vi: 'Nguồn tự động: {words}', en: 'Automatic source: {words}' },
} as const satisfies Record<string, Record<Language, string>>;
