// Words of a publish to a few screens first.
export const canaryMessages = {
  'canary.title': { vi: 'Phát thử trên vài màn hình trước', en: 'Try it on a few screens first' },
  'canary.hint': {
    vi: 'Chỉ các màn hình được chọn nhận bản mới. Chiếu tốt thì mọi màn hình nhận theo; có lỗi thì các màn hình ấy trở về bản cũ, còn màn hình khác chưa hề nhận.',
    en: 'Only the screens that you choose get the new content. If all is well the others follow; at a fault these go back, and the others never had it.',
  },
  'canary.choose': { vi: 'Màn hình thử (nhiều nhất {most})', en: 'Screens to try it on ({most} at most)' },
  'canary.away': { vi: 'mất kết nối', en: 'not connected' },
  'canary.minutes': { vi: 'Chiếu tốt trong bao nhiêu phút', en: 'Minutes without a fault' },
  'canary.auto': {
    vi: 'Tự phát tiếp khi đủ thời gian không lỗi, tự dừng khi có lỗi',
    en: 'Go on by itself after that time, and stop by itself at a fault',
  },
  'canary.start': { vi: 'Phát thử trên {count} màn hình', en: 'Try it on {count} screens' },
  'canary.running': { vi: 'Đang phát thử bản sửa {revision}', en: 'Revision {revision} is being tried' },
  'canary.by': { vi: '{by} bắt đầu lúc {moment}.', en: 'Begun by {by}, {moment}.' },
  'canary.ends.auto': {
    vi: 'Tự phát tiếp sau {minutes} phút không lỗi, tự dừng khi có lỗi.',
    en: 'Goes on by itself after {minutes} minutes without a fault, and stops at one.',
  },
  'canary.ends.person': {
    vi: 'Chờ người quyết định, nên đợi đủ {minutes} phút không lỗi.',
    en: 'A person decides, best after {minutes} minutes without a fault.',
  },
  'canary.shows': { vi: 'đã chiếu bản mới {minutes} phút, không lỗi', en: 'has shown it for {minutes} minutes without a fault' },
  'canary.fetching': { vi: 'đang nhận bản mới', en: 'is fetching it' },
  'canary.fault.late': { vi: 'chưa chiếu bản mới sau 5 phút', en: 'does not show it after 5 minutes' },
  'canary.fault.refused': { vi: 'không nhận bản mới', en: 'refused it' },
  'canary.fault.broken': { vi: 'có mục không chiếu được', en: 'cannot show an item of it' },
  'canary.fault.unseen': { vi: 'không thấy hình', en: 'has no picture' },
  'canary.verdict.watching': { vi: 'Đang theo dõi.', en: 'Being watched.' },
  'canary.verdict.healthy': { vi: 'Đã đủ thời gian, không lỗi: có thể phát tiếp.', en: 'The time has passed without a fault: it can go on.' },
  'canary.verdict.faulty': { vi: 'Có lỗi: nên dừng.', en: 'There is a fault: stop it.' },
  'canary.goOn': { vi: 'Phát tiếp cho mọi màn hình', en: 'Give it to all screens' },
  'canary.stop': { vi: 'Dừng và trở về bản cũ', en: 'Stop and go back' },
  'canary.done': {
    vi: 'Bản sửa {revision} phát thử tốt; mọi màn hình đã nhận lúc {moment} ({by}).',
    en: 'Revision {revision} went well; all screens got it, {moment} ({by}).',
  },
  'canary.stopped': {
    vi: 'Lần phát thử bản sửa {revision} đã dừng lúc {moment} ({by}); các màn hình thử trở về bản cũ.',
    en: 'The trial of revision {revision} was stopped, {moment} ({by}); its screens went back.',
  },
} as const;
