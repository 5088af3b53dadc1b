// The words of the people page and of the unit fields.
import type { Language } from '../../core/primitives.ts';

export const peopleMessages = {
  'people.title': { vi: 'Người dùng', en: 'People' },
  'people.lead': {
    vi: 'Ai được vào bảng điều hành, làm được gì và ở địa bàn nào. Mỗi người một tài khoản riêng, không dùng chung.',
    en: 'Who may use this console, what for and where. One account for each person, never shared.',
  },
  'people.adminsOnly': { vi: 'Trang này dành cho quản trị.', en: 'This page is for administrators.' },
  'people.list': { vi: 'Tài khoản đang mở', en: 'Open accounts' },
  'people.closedList': { vi: 'Tài khoản đã đóng ({count})', en: 'Closed accounts ({count})' },
  'people.name': { vi: 'Họ tên', en: 'Name' },
  'people.nameHint': { vi: 'Ví dụ: Nguyễn Thị Hòa', en: 'Such as: Nguyễn Thị Hòa' },
  'people.login': { vi: 'Tên đăng nhập', en: 'Sign-in name' },
  'people.loginHint': {
    vi: 'Từ 3 đến 40 ký tự: chữ thường không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ. Không đổi được về sau.',
    en: '3 to 40 characters: small letters without marks, digits, dots, dashes; a letter first. It cannot be changed later.',
  },
  'people.role': { vi: 'Vai trò', en: 'Role' },
  'people.may.viewer': { vi: 'Chỉ xem, không thay đổi được gì.', en: 'Looks, changes nothing.' },
  'people.may.editor': {
    vi: 'Soạn danh sách phát, nạp kết quả thi đua, ra lệnh tạm ngừng và thông báo.',
    en: 'Edits playlists, imports figures, gives stops and alerts.',
  },
  'people.may.approver': {
    vi: 'Như biên tập, thêm: phát danh sách lên màn hình, cho màn hình hoạt động lại. Phải có xác thực hai bước.',
    en: 'As an editor, and publishes playlists and lifts stops. Has to have a second factor.',
  },
  'people.may.admin': {
    vi: 'Toàn quyền trong đơn vị: người dùng, màn hình, mã truy cập. Phải có xác thực hai bước.',
    en: 'Everything within the unit: people, screens, tokens. Has to have a second factor.',
  },
  'people.factor': { vi: 'Xác thực hai bước', en: 'Second factor' },
  'people.factorOn': { vi: 'Đang bật', en: 'On' },
  'people.factorOff': { vi: 'Chưa bật', en: 'Off' },
  'people.state': { vi: 'Tình trạng', en: 'State' },
  'people.state.invited': { vi: 'Chưa đặt mật khẩu', en: 'No password yet' },
  'people.state.active': { vi: 'Hoạt động', en: 'Active' },
  'people.state.closed': { vi: 'Đã đóng', en: 'Closed' },
  'people.seen': { vi: 'Vào gần nhất {moment}', en: 'Last seen {moment}' },
  'people.noSession': { vi: 'Không có phiên nào đang mở.', en: 'No open session.' },
  'people.sessions': { vi: '{count} phiên đang mở', en: '{count} open sessions' },
  'people.closedAt': { vi: 'Đóng {moment}', en: 'Closed {moment}' },
  'people.handedTo': { vi: 'bàn giao cho {heir}', en: 'handed over to {heir}' },
  'people.you': { vi: 'anh/chị', en: 'you' },
  'people.manage': { vi: 'Quản lý', en: 'Manage' },
  'people.manageOf': { vi: 'Quản lý tài khoản của {name}', en: 'Manage the account of {name}' },
  'people.hide': { vi: 'Thu gọn', en: 'Hide' },

  'people.invite': { vi: 'Mời người dùng', en: 'Invite a person' },
  'people.inviteSend': { vi: 'Tạo tài khoản và liên kết', en: 'Make account and link' },
  'people.once': {
    vi: 'Liên kết đăng nhập của {name} – chép ngay, sẽ không hiện lại. Chỉ dùng được một lần, đến {moment}. Chỉ gửi cho đúng người này.',
    en: 'Sign-in link of {name} – copy it now, it is not shown again. It works once, until {moment}. Give it to this person only.',
  },

  'people.change': { vi: 'Tên, vai trò, đơn vị', en: 'Name, role, unit' },
  'people.changeEnds': {
    vi: 'Đổi vai trò hoặc đơn vị thì các phiên đang mở của người này kết thúc ngay.',
    en: 'A change of role or unit ends this person’s open sessions at once.',
  },
  'people.save': { vi: 'Lưu', en: 'Save' },
  'people.saved': { vi: 'Đã lưu tài khoản của {name}.', en: 'The account of {name} was saved.' },
  'people.access': { vi: 'Đăng nhập', en: 'Signing in' },
  'people.endSessions': { vi: 'Kết thúc mọi phiên', en: 'End all sessions' },
  'people.sessionsEnded': { vi: 'Đã kết thúc mọi phiên của {name}.', en: 'All sessions of {name} have ended.' },
  'people.newLink': { vi: 'Tạo liên kết mới', en: 'New sign-in link' },
  'people.newLinkHint': {
    vi: 'Khi quên mật khẩu hoặc liên kết đã hết hạn. Liên kết cũ mất hiệu lực.',
    en: 'For a forgotten password or an expired link. The old link ends.',
  },
  'people.forgetFactor': { vi: 'Tắt xác thực hai bước', en: 'Switch the second factor off' },
  'people.forgetFactorHint': {
    vi: 'Chỉ khi người này mất điện thoại và cả mã dự phòng. Hãy gặp hoặc gọi để biết chắc là đúng người. Các phiên kết thúc.',
    en: 'Only when telephone and recovery codes are lost. Meet or call to be sure who asks. The sessions end.',
  },
  'people.factorForgotten': { vi: 'Đã tắt xác thực hai bước của {name}.', en: 'The second factor of {name} is off.' },
  'people.own': {
    vi: 'Đây là tài khoản của anh/chị. Đổi vai trò, đơn vị hay đóng tài khoản này phải do quản trị viên khác làm.',
    en: 'This is your own account. Another administrator has to change its role or unit, or close it.',
  },

  'people.close': { vi: 'Đóng tài khoản', en: 'Close the account' },
  'people.closeHint': { vi: 'Khi người này nghỉ việc hoặc chuyển công tác.', en: 'When this person leaves.' },
  'people.heir': { vi: 'Bàn giao cho', en: 'Hand over to' },
  'people.noHeir': { vi: 'Không bàn giao (không còn gì để giao)', en: 'Nobody (nothing is left to hand over)' },
  'people.closeWhat': {
    vi: 'Tài khoản của {name} đóng vĩnh viễn, không mở lại được. Các phiên kết thúc ngay, mật khẩu và liên kết không còn dùng được. Nhật ký vẫn giữ tên {name}.',
    en: 'The account of {name} closes for ever. Its sessions end at once, password and link no longer work. The records keep the name {name}.',
  },
  'people.closeTo': {
    vi: 'Bản nháp và mã truy cập chuyển cho {heir}; phần mềm đang dùng các mã ấy vẫn chạy.',
    en: 'Drafts and tokens go to {heir}; software that uses these tokens keeps working.',
  },
  'people.closeToNobody': {
    vi: 'Nếu còn bản nháp hay mã truy cập, máy chủ sẽ không đóng mà hỏi người nhận.',
    en: 'If there still are drafts or tokens, the server closes nothing and asks for whom.',
  },
  'people.closeConfirm': { vi: 'Đóng tài khoản của {name}', en: 'Close the account of {name}' },
  'people.closed': { vi: 'Đã đóng tài khoản của {name}.', en: 'The account of {name} is closed.' },
  'people.closedTo': { vi: 'Đã đóng tài khoản của {name}, bàn giao cho {heir}.', en: 'The account of {name} is closed and handed over to {heir}.' },
  'people.holds.playlists': { vi: 'Bản nháp: {names}.', en: 'Drafts: {names}.' },
  'people.holds.schedules': { vi: 'Phát hành hẹn giờ: {names}.', en: 'Publishes at set times: {names}.' },
  'people.holds.tokens': { vi: 'Mã truy cập: {names}.', en: 'Tokens: {names}.' },

  'unit.field': { vi: 'Đơn vị', en: 'Unit' },
  'unit.whole': { vi: 'Toàn thành phố', en: 'The whole city' },
} as const satisfies Record<string, Record<Language, string>>;
