// Words of adding many screens at once.
export const batchMessages = {
  'batch.title': { vi: 'Thêm nhiều màn hình', en: 'Add many screens' },
  'batch.lead': {
    vi: 'Điền tệp mẫu, mỗi dòng một màn hình, rồi chọn tệp. Máy chủ xem từng dòng trước; chỉ khi không còn lỗi mới thêm, tất cả cùng lúc.',
    en: 'Fill in the template, one screen a line, and choose the file. Every row is looked at first; without an error all are added at once.',
  },
  'batch.template': { vi: 'Tải tệp mẫu (CSV)', en: 'Take the template (CSV)' },
  'batch.file': { vi: 'Tệp CSV (lưu từ Excel dạng “CSV UTF-8”)', en: 'CSV file (from Excel as “CSV UTF-8”)' },
  'batch.drop': { vi: 'Kéo tệp vào đây, hoặc', en: 'Drop the file here, or' },
  'batch.choose': { vi: 'Chọn tệp', en: 'Choose a file' },
  'batch.findings': { vi: 'Cần xem lại', en: 'To look at' },
  'batch.rows': { vi: '{count} màn hình', en: '{count} screens' },
  'batch.line': { vi: 'Dòng', en: 'Line' },
  'batch.name': { vi: 'Tên', en: 'Name' },
  'batch.place': { vi: 'Địa điểm', en: 'Place' },
  'batch.unit': { vi: 'Đơn vị', en: 'Unit' },
  'batch.kind': { vi: 'Loại', en: 'Kind' },
  'batch.channel': { vi: 'Kênh', en: 'Channel' },
  'batch.operator': { vi: 'Đơn vị vận hành', en: 'Operator' },
  'batch.byRules': { vi: 'theo quy tắc', en: 'by the rules' },
  'batch.add': { vi: 'Thêm {count} màn hình', en: 'Add {count} screens' },
  'batch.errors': { vi: 'Còn {count} lỗi: sửa tệp rồi chọn lại.', en: '{count} errors: mend the file and choose it again.' },
  'batch.made': { vi: 'Đã thêm {count} màn hình.', en: '{count} screens were added.' },
  'batch.labels': { vi: 'Tải tờ nhãn (PDF)', en: 'Take the sheet of labels (PDF)' },
  'batch.labelsHint': {
    vi: 'Mỗi nhãn có mã ghép hộp với đúng màn hình, dùng một lần, trong 30 ngày. Cất như chìa khóa; tải lại tờ mới thì nhãn cũ hết hiệu lực.',
    en: 'Each label makes one box that screen, once, within 30 days. Keep it like a key; a new sheet ends the old labels.',
  },
  'batch.labelsFailed': {
    vi: 'Chưa tải được tờ nhãn. Thử lại; nếu vẫn lỗi, đăng nhập lại.',
    en: 'The sheet could not be fetched. Try again, or sign in anew.',
  },
} as const;
