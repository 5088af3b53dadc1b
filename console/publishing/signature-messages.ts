// The words of content and alerts that wait for approvers' passkeys.
export const signatureMessages = {
  'signature.title': { vi: 'Chờ ký bằng khóa truy cập', en: 'Waiting for signatures by passkey' },
  'signature.lead': {
    vi: 'Đã phát hành hoặc đã gửi, nhưng màn hình chỉ nhận khi đủ người ký: riêng máy chủ không đưa gì mới ra đường được.',
    en: 'Published or handed over, but screens take it only with enough signatures: the server alone shows nothing new outdoors.',
  },
  'signature.version': { vi: '{channel}, bản {version}', en: '{channel}, version {version}' },
  'signature.by': { vi: '{name} phát hành {moment}', en: 'Published by {name}, {moment}' },
  'signature.alert': { vi: 'Thông báo tự viết, lệnh số {number}', en: 'Alert in free words, order {number}' },
  'signature.alertBy': {
    vi: '{name} gửi {moment}. Tự hết {end}; đến lúc đó chưa đủ chữ ký thì không phát nữa.',
    en: 'Handed over by {name}, {moment}. It ends {end}, and is not sent any more if signatures are still missing then.',
  },
  'signature.speaker': { vi: 'Người nói: {speaker}. Mức độ: {severity}', en: 'Spoken by {speaker}. Severity: {severity}' },
  'signature.look': { vi: 'Xem nội dung', en: 'See what it shows' },
  'signature.count': { vi: 'Đã ký {count}/{needed}', en: 'Signed {count} of {needed}' },
  'signature.names': { vi: 'Đã ký: {names}', en: 'Signed by {names}' },
  'signature.screens': { vi: 'Màn hình cần chữ ký: {names}', en: 'Screens that ask for it: {names}' },
  'signature.hash': { vi: 'Mã băm', en: 'Hash' },
  'signature.sign': { vi: 'Ký bằng khóa truy cập', en: 'Sign by passkey' },
  'signature.before': {
    vi: 'Màn hình này cần {count} người duyệt ký nội dung của kênh. Đến khi họ ký ở trang “Chờ duyệt”, màn hình chiếu tiếp nội dung đang có hoặc danh sách dự phòng.',
    en: 'This screen asks {count} approvers to sign what the channel plays. Until they have, on the page “Approvals”, it goes on with what it has, or with the factory playlist.',
  },
  'signature.after': {
    vi: 'Sau khi thực hiện còn cần {count} người duyệt ký ở trang “Chờ duyệt”. Đến lúc đó, các màn hình cần chữ ký chiếu tiếp nội dung đang có hoặc danh sách dự phòng.',
    en: 'Once this is done, {count} approvers still have to sign on the page “Approvals”. Until then, screens that ask for signatures go on with what they have, or with the factory playlist.',
  },
  'signature.awaits': {
    vi: 'Còn chờ {count} người ký bằng khóa truy cập ở trang “Chờ duyệt”.',
    en: 'Waits for {count} people to sign by passkey, on the page “Approvals”.',
  },
} as const;
