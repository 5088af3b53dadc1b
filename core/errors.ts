// Every error that crosses a border: code, HTTP status, and what it tells people to do, in Vietnamese and English.

export interface ErrorText {
  readonly status: number;
  readonly vi: string;
  readonly en: string;
}

export const errors = {
  'not-signed-in': {
    status: 401,
    vi: 'Anh/chị chưa đăng nhập.',
    en: 'You are not signed in.',
  },
  'sign-in-link-used': {
    status: 401,
    vi: 'Liên kết đăng nhập đã dùng hoặc hết hạn. Nhờ quản trị viên tạo liên kết mới; người trông máy chủ thì khởi động lại để nhận liên kết mới.',
    en: 'This sign-in link was used or has expired. Ask an administrator for a new one; whoever runs the server restarts it for one.',
  },
  'sign-in-refused': { status: 401, vi: 'Tên đăng nhập hoặc mật khẩu không đúng.', en: 'Wrong name or password.' },
  'sign-in-locked': {
    status: 429,
    vi: 'Sai quá nhiều lần nên tạm khóa đăng nhập. Chờ rồi thử lại; nếu không phải anh/chị, báo quản trị viên.',
    en: 'Too many wrong tries, so signing in waits a while. If it was not you, tell an administrator.',
  },
  'code-needed': {
    status: 401,
    vi: 'Còn bước xác thực thứ hai: khóa truy cập (passkey), mã 6 số trên điện thoại, hoặc một mã dự phòng.',
    en: 'One more step: your passkey, the 6 digits of your telephone, or a recovery code.',
  },
  'code-wrong': {
    status: 401,
    vi: 'Mã xác thực không đúng hoặc đã dùng. Chờ mã tiếp theo rồi nhập lại.',
    en: 'The code is wrong or was used. Wait for the next one and type that.',
  },
  // Not 401: the session goes on.
  'code-refused': {
    status: 422,
    vi: 'Mã xác thực không đúng hoặc đã dùng. Kiểm tra giờ của điện thoại, chờ mã tiếp theo rồi nhập lại.',
    en: 'The code is wrong or was used. Check the time of your telephone, wait for the next code and type that.',
  },
  'passkey-wrong': {
    status: 401,
    vi: 'Khóa truy cập này không dùng được cho lần đăng nhập này. Bấm để thử lại, hoặc nhập mã 6 số hay mã dự phòng.',
    en: 'This passkey does not hold for this sign-in. Try again, or type the 6 digits or a recovery code.',
  },
  // Not 401: the session goes on.
  'passkey-refused': {
    status: 422,
    vi: 'Máy chủ không nhận khóa truy cập này. Bấm để thử lại; nếu vẫn vậy, dùng mã 6 số hoặc mã dự phòng.',
    en: 'The server did not take this passkey. Try again; if it stays so, use the 6 digits or a recovery code.',
  },
  'passkey-address': {
    status: 422,
    vi: 'Khóa truy cập cần một tên miền: mở bảng điều khiển ở địa chỉ chính thức của máy chủ (HTTPS), hoặc ở http://localhost nếu ngồi tại máy chủ.',
    en: 'Passkeys need a host name: open the console at the server’s official address (HTTPS), or at http://localhost on the server itself.',
  },
  'proof-needed': {
    status: 422,
    vi: 'Trước khi đổi xác thực hai bước, hãy chứng minh lại bằng khóa truy cập hoặc mã hiện có.',
    en: 'Before the second factor changes, prove it again by the passkey or code that you have.',
  },
  'deputy-days': {
    status: 422,
    vi: 'Ủy quyền từ một đến 60 ngày, ngày cuối chưa qua và không trước ngày đầu.',
    en: 'A deputy stands in for one to 60 days; the last day lies ahead and not before the first.',
  },
  'deputy-unfit': {
    status: 422,
    vi: 'Chỉ ủy quyền được cho cán bộ soạn thảo cùng đơn vị, tài khoản đang mở.',
    en: 'A deputy is an editor of the same unit with an open account.',
  },
  'pause-too-long': {
    status: 422,
    vi: 'Giờ hoạt động lại phải ở phía trước và trong vòng 60 ngày. Lâu hơn thì tạm ngừng, hoặc đưa màn hình ra khỏi phục vụ.',
    en: 'The time at which it comes back has to lie ahead, within 60 days. For longer, stop the screen or take it out of service.',
  },
  'wrong-host': {
    status: 421,
    vi: 'Địa chỉ này không phục vụ trang đó. Mở đúng tên miền của máy chủ, hoặc hỏi người vận hành.',
    en: 'This host does not answer that page. Open the server’s right host name, or ask the operator.',
  },
  'signature-over': {
    status: 409,
    vi: 'Nội dung này không còn chờ chữ ký: đã đủ, có bản mới hơn, đã bị bỏ hoặc đã hết hạn. Tải lại danh sách.',
    en: 'This waits for no signature any more: it has enough, there is a newer one, or it was withdrawn or has ended. Load the list again.',
  },
  'signature-not-listed': {
    status: 403,
    vi: 'Khóa truy cập của anh/chị không có trong tài liệu gốc mà các màn hình tin. Nhờ người giữ khóa gốc chạy `sign-root`.',
    en: 'Your passkey is not in the root document that the screens trust. Ask whoever keeps the root key to run `sign-root`.',
  },
  'second-factor-needed': {
    status: 403,
    vi: 'Việc này cần xác thực hai bước. Vào “Tài khoản của tôi” để thêm khóa truy cập hoặc cài mã trên điện thoại rồi làm tiếp.',
    en: 'This needs a second factor. Add a passkey or set up the code of your telephone in “My account”, then go on.',
  },
  'second-factor-state': {
    status: 409,
    vi: 'Xác thực hai bước đã ở trạng thái đó. Tải lại trang để xem.',
    en: 'The second factor is in that state already. Load the page again.',
  },
  'password-wrong': { status: 403, vi: 'Mật khẩu hiện tại không đúng.', en: 'Your present password is wrong.' },
  'password-weak': {
    status: 422,
    vi: 'Mật khẩu này dễ đoán. Hãy ghép vài từ không liên quan, ít nhất 10 ký tự, không chứa tên đăng nhập.',
    en: 'This password is easy to guess. Join some unrelated words, 10 characters at least, without your sign-in name.',
  },
  'login-taken': { status: 409, vi: 'Tên đăng nhập này đã có người dùng.', en: 'This sign-in name is taken.' },
  'not-oneself': { status: 409, vi: 'Việc này phải do quản trị viên khác làm.', en: 'Another administrator has to do this.' },
  'last-administrator': {
    status: 409,
    vi: 'Đây là quản trị viên cuối cùng của toàn thành phố. Giao quyền cho người khác trước.',
    en: 'This is the last administrator of the whole city. Give the role to somebody else first.',
  },
  'account-closed': { status: 409, vi: 'Tài khoản này đã đóng.', en: 'This account is closed.' },
  'heir-needed': {
    status: 409,
    vi: 'Người này còn bản nháp, đề nghị hoặc mã truy cập. Chọn người nhận bàn giao.',
    en: 'This person still has drafts, submissions or tokens. Choose who takes them over.',
  },
  'not-allowed': { status: 403, vi: 'Tài khoản hoặc mã truy cập này không có quyền làm việc đó.', en: 'This account or token may not do that.' },
  'wrong-origin': { status: 403, vi: 'Yêu cầu đến từ một trang khác nên bị từ chối.', en: 'The request came from another site and was refused.' },
  'not-found': { status: 404, vi: 'Không tìm thấy.', en: 'Not found.' },
  'bad-request': {
    status: 400,
    vi: 'Yêu cầu không đúng mẫu. Xem tài liệu API tại /api/docs.',
    en: 'The request does not have the right shape. See the API document at /api/docs.',
  },
  'too-large': { status: 413, vi: 'Tệp quá lớn. Bảng kết quả thi đua tối đa 5 MB.', en: 'The file is too large. A scoreboard file has 5 MB at most.' },
  'too-many-requests': { status: 429, vi: 'Quá nhiều yêu cầu. Chờ một phút rồi thử lại.', en: 'Too many requests. Wait a minute and try again.' },
  internal: {
    status: 500,
    vi: 'Máy chủ gặp lỗi. Lỗi đã được ghi lại; thử lại sau ít phút.',
    en: 'The server failed. The fault was logged; try again in a few minutes.',
  },
  'import-unreadable': {
    status: 422,
    vi: 'Không đọc được tệp. Hãy lưu thành Excel (.xlsx) hoặc CSV UTF-8 theo tệp mẫu rồi gửi lại.',
    en: 'The file cannot be read. Save it as Excel (.xlsx) or CSV in UTF-8 after the template and send it again.',
  },
  'import-has-errors': {
    status: 422,
    vi: 'Tệp còn dòng lỗi. Sửa tệp, hoặc đánh dấu bỏ qua các dòng lỗi rồi xác nhận.',
    en: 'The file still has bad rows. Mend the file, or choose to leave out the bad rows and confirm.',
  },
  'import-empty': { status: 422, vi: 'Không có dòng số liệu nào dùng được.', en: 'No row can be used.' },
  'import-done': { status: 409, vi: 'Lần nhập này đã được xác nhận hoặc đã quá hạn.', en: 'This import was confirmed already or has expired.' },
  'import-stale': {
    status: 409,
    vi: 'Đã có kỳ số liệu mới hơn được xác nhận. Xem trước lại tệp rồi xác nhận.',
    en: 'A newer snapshot was confirmed meanwhile. Preview the file again, then confirm.',
  },
  'snapshot-not-in-force': {
    status: 409,
    vi: 'Chỉ đính chính hoặc rút được kỳ số liệu đang công bố. Tải lại trang để xem kỳ hiện nay.',
    en: 'Only the snapshot in force can be corrected or withdrawn. Load the page again to see it.',
  },
  'contest-closed': {
    status: 409,
    vi: 'Kết quả cuối cùng đã được chốt nên không nhận số liệu mới. Nếu kết quả đó sai, nhập tệp dưới dạng đính chính, kèm văn bản căn cứ; người thứ hai xác nhận.',
    en: 'The final result stands, so no new figures are taken. If it is wrong, send the file as a correction with the document it rests on; a second person confirms it.',
  },
  'contest-closed-period': {
    status: 409,
    vi: 'Kết quả cuối cùng của đợt thi đua đã được chốt nên ngày bắt đầu và ngày kết thúc không đổi được nữa.',
    en: 'The final result of the contest stands, so its first and last day cannot be changed any more.',
  },
  'contest-not-closed': {
    status: 409,
    vi: 'Chiến dịch đang chạy đã công bố số liệu mà chưa chốt kết quả cuối cùng; sau khi chiến dịch tiếp theo bắt đầu thì không chốt được nữa. Hãy chốt kết quả ở trang “Kết quả thi đua” trước.',
    en: 'The campaign in force has published figures and no final result, and could not have one once the next begins. Make its result final on the page of the scoreboard first.',
  },
  'objections-unanswered': {
    status: 409,
    vi: 'Còn ý kiến của đơn vị về số liệu chưa được trả lời. Trả lời hết ở trang “Ý kiến của đơn vị” trước khi bắt đầu chiến dịch tiếp theo.',
    en: 'Objections of units to their figures are not answered yet. Answer them on their page before the next campaign begins.',
  },
  'contest-running': {
    status: 409,
    vi: 'Đợt thi đua chưa đến ngày cuối nên chưa chốt được kết quả cuối cùng. Chờ đến ngày cuối của đợt rồi đề nghị chốt.',
    en: 'The contest has not come to its last day, so its result cannot be final yet. Wait for that day, then propose it.',
  },
  'final-waits': {
    status: 409,
    vi: 'Đã có đề nghị chốt kết quả đang chờ người thứ hai. Xử lý đề nghị đó trước.',
    en: 'A proposal of the final result waits for a second person already. Settle that one first.',
  },
  'final-own': {
    status: 403,
    vi: 'Người đề nghị không tự chốt được kết quả. Nhờ người khác có quyền phê duyệt.',
    en: 'Whoever proposed the final result cannot confirm it. Somebody else with the right to approve has to.',
  },
  'final-settled': {
    status: 409,
    vi: 'Đề nghị chốt kết quả này đã có người xử lý. Tải lại trang để xem kết quả.',
    en: 'Somebody has settled this proposal already. Load the page again to see how.',
  },
  'final-changed': {
    status: 409,
    vi: 'Kỳ số liệu được đề nghị chốt không còn đang công bố, hoặc chiến dịch đã đổi. Trả lại đề nghị này rồi đề nghị chốt kỳ hiện nay.',
    en: 'The proposed figures are no longer in force, or the campaign has changed. Refuse this proposal and propose those in force.',
  },
  'final-stands': {
    status: 409,
    vi: 'Kết quả cuối cùng không rút hay hoàn tác được. Nếu sai, nhập tệp đính chính kèm văn bản căn cứ; người thứ hai xác nhận.',
    en: 'A final result cannot be withdrawn or undone. If it is wrong, send a correction with the document it rests on; a second person confirms it.',
  },
  'final-needs-basis': {
    status: 422,
    vi: 'Đính chính kết quả cuối cùng phải có văn bản căn cứ: số, ngày, cơ quan ban hành.',
    en: 'A correction of the final result needs the document it rests on: number, date, office.',
  },
  'objection-file': {
    status: 422,
    vi: 'Tệp kèm theo phải là PDF, Excel (.xlsx), ảnh JPEG hoặc PNG, tối đa 10 MB. Lưu lại đúng dạng rồi gửi lại.',
    en: 'The attached file has to be a PDF, Excel (.xlsx), JPEG or PNG of 10 MB at most. Save it as one of these and send it again.',
  },
  'template-unreadable': {
    status: 422,
    vi: 'Mẫu phải là tệp Word (.docx), tối đa 2 MB. Mở tệp bằng Word, chọn Lưu thành .docx rồi gửi lại.',
    en: 'A template has to be a Word file (.docx) of 2 MB at most. Open it in Word, save it as .docx and send it again.',
  },
  'template-refused': { status: 422, vi: 'Chưa dùng được mẫu này.', en: 'This template cannot be used yet.' },
  'objection-quota': {
    status: 429,
    vi: 'Trong 24 giờ qua anh/chị đã gửi đủ 60 MB tệp kèm theo. Chờ đến mai, hoặc gửi tệp nhỏ hơn.',
    en: 'You have sent 60 MB of files in the last 24 hours. Wait until tomorrow, or send a smaller one.',
  },
  'objection-open': {
    status: 409,
    vi: 'Đơn vị đã có một ý kiến về kỳ này đang chờ trả lời. Chờ trả lời, hoặc rút ý kiến đó rồi gửi lại.',
    en: 'An objection of this unit to this snapshot waits for an answer. Wait for it, or take that one back and send another.',
  },
  'objection-outdated': {
    status: 409,
    vi: 'Kỳ số liệu này đã được đính chính hoặc rút. Xem kỳ thay thế; nếu vẫn chưa đúng thì gửi ý kiến về kỳ đó.',
    en: 'This snapshot was corrected or withdrawn. Look at what took its place, and object to that if it is still wrong.',
  },
  'source-refused': {
    status: 422,
    vi: 'Không lấy số liệu từ địa chỉ này: phải là https:// và máy chủ phải nằm trong danh sách cho phép.',
    en: 'Figures are not fetched from this address: it has to be https:// and of an allowed host.',
  },
  'target-phase-gone': {
    status: 409,
    vi: 'Kế hoạch không còn đợt này: ngày của đợt đã đổi. Tải lại trang rồi giao chỉ tiêu cho đợt mới.',
    en: 'The plan has no such phase any more: its dates have changed. Load the page again.',
  },
  'target-unit': {
    status: 422,
    vi: 'Có đơn vị không thuộc đợt thi đua này, hoặc một đơn vị hai chỉ tiêu. Sửa danh sách rồi gửi lại.',
    en: 'A unit is not of this contest, or has two targets. Mend the list and send it again.',
  },
  'objection-own': {
    status: 403,
    vi: 'Người gửi ý kiến không tự trả lời được. Nhờ người khác phụ trách số liệu của thành phố.',
    en: 'Whoever raised an objection cannot answer it. Somebody else who works on the figures of the city has to.',
  },
  'objection-of-unit': {
    status: 403,
    vi: 'Chỉ người gửi hoặc đơn vị đó rút được ý kiến. Nếu ý kiến không đúng, hãy trả lời và nêu lý do.',
    en: 'Only whoever sent it, or the unit, takes an objection back. If it is wrong, answer it and say why.',
  },
  'objection-settled': {
    status: 409,
    vi: 'Ý kiến này đã được trả lời hoặc đã rút. Tải lại trang để xem.',
    en: 'This objection was answered or taken back already. Load the page again to see it.',
  },
  'undo-too-late': {
    status: 409,
    vi: 'Đã quá 10 phút nên không hoàn tác được. Nhờ người phê duyệt rút kỳ số liệu, có nêu lý do.',
    en: 'More than 10 minutes have passed. Ask an approver to withdraw the snapshot, with a reason.',
  },
  'reason-needed': {
    status: 422,
    vi: 'Đính chính, hoặc số liệu phải chờ người thứ hai kiểm tra, thì phải nêu lý do; lý do được công khai.',
    en: 'A correction, or figures that a second person has to look at, need a reason; it is public.',
  },
  'key-reused': {
    status: 409,
    vi: 'Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Dùng khóa mới cho số liệu mới; chỉ giữ khóa cũ khi gửi lại đúng yêu cầu cũ.',
    en: 'This Idempotency-Key was used for another request. Use a new key for new figures, and an old one only to repeat exactly the same request.',
  },
  'choice-refused': {
    status: 422,
    vi: 'Có dòng được chọn đơn vị không nằm trong các lựa chọn của dòng đó. Xem trước lại tệp rồi chọn lại.',
    en: 'A unit was chosen for a row that does not offer it. Preview the file again, then choose.',
  },
  'hold-own': {
    status: 403,
    vi: 'Người nhập hoặc xác nhận số liệu không tự cho qua được. Nhờ người khác có quyền phê duyệt.',
    en: 'Whoever imported or confirmed the figures cannot release them. Somebody else with the right to approve has to.',
  },
  'hold-settled': {
    status: 409,
    vi: 'Lần nhập này đã có người xử lý. Tải lại trang để xem kết quả.',
    en: 'Somebody has settled this import already. Load the page again to see how.',
  },
  'hold-changed': {
    status: 409,
    vi: 'Đã có kỳ số liệu mới hơn, hoặc chiến dịch đã đổi, nên số liệu đang chờ được so lại. Xem lại từng dòng rồi quyết định.',
    en: 'Newer figures were published, or the campaign has changed, so what waits was compared anew. Look at each row again, then decide.',
  },
  'sample-on-real-screen': { status: 422, vi: 'Số liệu minh họa không được đưa lên màn hình thật.', en: 'Sample figures are refused on real screens.' },
  'playlist-invalid': {
    status: 422,
    vi: 'Danh sách phát có lỗi; bản đang phát được giữ nguyên.',
    en: 'The playlist has errors; what is playing stays as it is.',
  },
  'playlist-changed': {
    status: 409,
    vi: 'Người khác vừa sửa danh sách phát này. Tải lại để xem thay đổi, rồi sửa tiếp.',
    en: 'Somebody else has changed this playlist. Load it again to see the change, then go on.',
  },
  'playlist-played': {
    status: 409,
    vi: 'Có kênh đang dùng danh sách phát này nên chưa xóa được.',
    en: 'A channel plays this playlist, so it cannot be deleted.',
  },
  'playlist-empty': { status: 422, vi: 'Danh sách phát phải còn ít nhất một mục đang bật.', en: 'A playlist needs at least one item switched on.' },
  'not-legible': {
    status: 422,
    vi: 'Có mục không đọc được, không quét được hoặc trái quy tắc của nơi đặt màn hình; bản đang phát được giữ nguyên.',
    en: 'Some items cannot be read or scanned, or break the rules of the screen’s place; what is playing stays as it is.',
  },
  'not-ready': {
    status: 422,
    vi: 'Chưa phát hành được; bản đang phát được giữ nguyên.',
    en: 'This cannot be published yet; what is playing stays as it is.',
  },
  'channel-in-use': {
    status: 409,
    vi: 'Kênh này còn màn hình hoặc quy tắc dùng tới nên không xóa được. Chuyển chúng sang kênh khác trước.',
    en: 'Screens or rules still use this channel. Give them another one first.',
  },
  'channel-unknown': { status: 422, vi: 'Không có kênh này. Tải lại trang rồi chọn lại.', en: 'There is no such channel. Load the page again and choose one.' },
  'rule-twice': {
    status: 422,
    vi: 'Có hai quy tắc cho cùng một nhãn hoặc đơn vị và cùng loại màn hình. Giữ lại một.',
    en: 'Two rules are about the same tag or unit and the same kind of screen. Keep one.',
  },
  'air-time-full': {
    status: 422,
    vi: 'Không còn đủ thời lượng trong kênh này. Giảm phần của lớp khác, hoặc xin ít hơn.',
    en: 'There is not enough air time left in this channel. Give another layer less, or ask for less.',
  },
  'layers-own-first': {
    status: 422,
    vi: 'Danh sách phát của chính kênh phải đứng đầu và không giao cho đơn vị nào.',
    en: 'The channel’s own playlist has to be the first layer, and no unit’s.',
  },
  'layer-twice': { status: 422, vi: 'Một danh sách phát chỉ làm một lớp trong mỗi kênh.', en: 'A playlist is one layer of a channel only.' },
  'layer-kind': {
    status: 422,
    vi: 'Danh sách phát này dành cho loại màn hình khác. Chọn danh sách cùng loại với kênh.',
    en: 'This playlist is for another kind of screen. Choose one of the channel’s kind.',
  },
  'canary-running': {
    status: 409,
    vi: 'Đang phát thử trên vài màn hình. Chờ kết thúc, cho phát tiếp hoặc dừng lần thử đó trước.',
    en: 'A publish is being tried on a few screens. Wait for its end, let it go on, or stop it first.',
  },
  'canary-settled': {
    status: 409,
    vi: 'Không có lần phát thử nào đang chạy. Tải lại trang để xem kết quả.',
    en: 'No publish is being tried now. Load the page again to see what came of it.',
  },
  'canary-screens': {
    status: 422,
    vi: 'Có màn hình không chiếu danh sách này hoặc đã ngừng dùng. Tải lại trang rồi chọn lại.',
    en: 'One of these screens does not play this playlist, or is out of service. Load the page again and choose anew.',
  },
  'canary-signatures': {
    status: 409,
    vi: 'Kênh này chỉ chiếu nội dung có chữ ký của người duyệt, nên không phát thử trên vài màn hình. Hãy phát hành cho cả kênh.',
    en: 'This channel shows only what approvers have signed, so nothing is tried on a few of its screens. Publish to the whole channel.',
  },
  'canary-overtaken': {
    status: 409,
    vi: 'Nội dung của kênh được phát hành lại trong lúc phát thử, nên lần thử dừng. Bắt đầu lại nếu vẫn cần.',
    en: 'The channel was published anew meanwhile, which ended the trial. Begin again if it is still wanted.',
  },
  'schedule-time': {
    status: 422,
    vi: 'Chọn giờ phát hành từ phút tới đến một năm tới.',
    en: 'Choose a time between the next minute and a year from now.',
  },
  'schedule-open': {
    status: 409,
    vi: 'Danh sách này đã có giờ hẹn phát hành. Hủy hẹn cũ rồi đặt lại.',
    en: 'This playlist has a set time already. Cancel that one, then set another.',
  },
  'schedule-missed': {
    status: 409,
    vi: 'Máy chủ không chạy vào giờ hẹn và đã quá một giờ. Xem lại nội dung rồi phát hành bằng tay hoặc hẹn lại.',
    en: 'The server was not running at the set time, and more than an hour has passed. Look at it again, then publish it or set another time.',
  },
  'scheduler-gone': {
    status: 403,
    vi: 'Tài khoản của người hẹn giờ đã đóng hoặc không còn quyền phát hành. Người có quyền phát hành bằng tay hoặc hẹn lại.',
    en: 'The account of whoever set the time is closed or may not publish any more. Somebody who may publishes it, or sets another time.',
  },
  'second-person-needed': {
    status: 409,
    vi: 'Màn hình ngoài trời cần người thứ hai phê duyệt. Gửi duyệt, chờ người khác duyệt rồi mới phát hành.',
    en: 'An outdoor screen needs a second person. Ask for approval, wait until somebody else approves, then publish.',
  },
  'approval-own': {
    status: 403,
    vi: 'Người sửa lần cuối hoặc người gửi duyệt không tự duyệt được. Nhờ người khác có quyền phê duyệt.',
    en: 'Whoever edited last or asked cannot approve. Somebody else with the right to approve has to.',
  },
  'approval-fresh': {
    status: 403,
    vi: 'Tài khoản này và tài khoản người sửa hoặc người gửi mới cấp quyền cho nhau, hoặc do cùng một người mới cấp; trong 7 ngày chưa tính là hai người. Nhờ người khác duyệt.',
    en: 'One of this account and that of whoever edited or asked was lately given access by the other, or both by the same person: for 7 days they do not count as two. Somebody else has to approve.',
  },
  'approval-open': {
    status: 409,
    vi: 'Bản này đã có người gửi duyệt rồi. Xem đề nghị đang chờ; muốn gửi lại thì rút đề nghị đó trước.',
    en: 'Approval of this revision was asked for already. See what is waiting; to ask anew, withdraw that first.',
  },
  'approval-settled': {
    status: 409,
    vi: 'Đề nghị này đã có người xử lý. Xem kết quả trên trang; cần thì gửi duyệt lại.',
    en: 'Somebody has settled this already. See on the page how; if needed, ask for approval again.',
  },
  'approval-void': {
    status: 409,
    vi: 'Nội dung, chiến dịch hoặc màn hình đã thay đổi sau khi gửi duyệt, nên phê duyệt không còn hiệu lực. Xem lại thay đổi rồi gửi duyệt lại.',
    en: 'Content, campaign or screens have changed since approval was asked for, so it holds no more. Look at the changes and ask again.',
  },
  'nothing-to-approve': {
    status: 409,
    vi: 'Bản này đang chiếu rồi, không có gì để gửi duyệt.',
    en: 'This revision is on the screens already; there is nothing to approve.',
  },
  'basis-needed': {
    status: 422,
    vi: 'Duyệt theo văn bản cần số, ngày, cơ quan ban hành và tệp văn bản đính kèm.',
    en: 'Approval by document needs its number, date, office and the attached file.',
  },
  'loosening-needs-basis': {
    status: 422,
    vi: 'Thay đổi này nới lỏng một quy tắc ngoài trời nên phải ghi văn bản làm căn cứ: số, ngày và cơ quan ban hành.',
    en: 'This change loosens a rule outdoors, so it needs the document that it rests on: number, date and office.',
  },
  'settings-invalid': {
    status: 422,
    vi: 'Có ô chưa đúng.',
    en: 'Some fields are not right.',
  },
  'settings-changed': {
    status: 409,
    vi: 'Người khác vừa lưu thay đổi trước. Xem lại các ô rồi lưu lần nữa.',
    en: 'Somebody else has saved meanwhile. Look at the fields again, then save once more.',
  },
  'audience-keeps-signatures': {
    status: 409,
    vi: 'Nội dung của màn hình này phải có chữ ký của người duyệt; với loại người xem mới sẽ cần ít chữ ký hơn, nên hộp máy không nhận. Đăng ký một màn hình mới với hồ sơ ấy rồi ghép lại hộp máy từ đầu.',
    en: 'What this screen shows has to be signed by approvers. For those viewers fewer signatures would do, so its box would refuse. Register a new screen with that profile, and pair the box anew.',
  },
  'change-open': {
    status: 409,
    vi: 'Đang có một thay đổi chờ người thứ hai. Đồng ý hoặc hủy đề nghị đó trước.',
    en: 'Another change waits for a second person. Carry that out or drop it first.',
  },
  'basis-unreadable': {
    status: 422,
    vi: 'Tệp văn bản phải là PDF, JPEG hoặc PNG, tối đa 10 MB.',
    en: 'The document has to be a PDF, JPEG or PNG file of 10 MB at most.',
  },
  'basis-missing': {
    status: 422,
    vi: 'Máy chủ không có tệp văn bản này. Đính kèm lại tệp rồi gửi.',
    en: 'The server does not have this document. Attach the file again, then send.',
  },
  'channel-not-approved': {
    status: 409,
    vi: 'Nội dung đang phát của kênh này chưa được người thứ hai duyệt nên không được đưa ra ngoài trời. Gửi duyệt danh sách phát, phát hành, rồi thêm màn hình.',
    en: 'No second person has approved what this channel plays, so it may not go outdoors. Have the playlist approved and published, then add the screen.',
  },
  'outside-own-unit': {
    status: 403,
    vi: 'Việc này chạm tới nơi ngoài địa bàn của anh/chị. Thu hẹp phạm vi rồi thử lại.',
    en: 'This reaches beyond your unit. Narrow it and try again.',
  },
  'order-reaches-nobody': { status: 422, vi: 'Phạm vi này không có màn hình nào đang phục vụ.', en: 'No screen in service lies in this target.' },
  'alert-needs-signatures': {
    status: 409,
    vi: 'Trong phạm vi có màn hình chỉ nhận lời do người duyệt ký. Thông báo này chờ họ ký ở trang “Chờ duyệt”; nếu ở đó không có thì bỏ đề nghị này và gửi lại.',
    en: 'Some of these screens take only words that approvers have signed. This alert waits for them on the page “Approvals”; if it is not there, withdraw it and send it again.',
  },
  'order-over': {
    status: 409,
    vi: 'Lệnh hoặc đề nghị này đã kết thúc, đã được xử lý hoặc đã hết hạn.',
    en: 'This order or request has ended, was settled or has expired.',
  },
  'drill-for-real': {
    status: 409,
    vi: 'Diễn tập không thay được thông báo khẩn thật đang chiếu. Chọn “Thật”, hoặc không thay thông báo nào.',
    en: 'A drill takes the place of no real alert. Choose “Real”, or replace none.',
  },
  'too-many-orders': {
    status: 409,
    vi: 'Đang có quá nhiều lệnh còn hiệu lực. Kết thúc bớt rồi thử lại.',
    en: 'Too many orders are in force. End some of them and try again.',
  },
  'approver-needed': { status: 403, vi: 'Cần người có quyền phê duyệt để cho màn hình hoạt động lại.', en: 'Only an approver may lift a stop.' },
  'second-person-lifts': {
    status: 409,
    vi: 'Việc này cần người thứ hai: người đã ra lệnh hoặc đã đề nghị không tự làm tiếp được.',
    en: 'A second person has to do this: whoever ordered or asked cannot go on alone.',
  },
  'confirm-word': {
    status: 422,
    vi: 'Chữ xác nhận chưa đúng. Gõ lại đúng như trên trang.',
    en: 'The word of confirmation does not match. Type it exactly as the page shows it.',
  },
  'occasion-free': {
    status: 422,
    vi: 'Trên màn hình ngoài trời, tên dịp phải là một trong các tên đã thống nhất, có thể kèm tên người. Chọn trong danh sách gợi ý.',
    en: 'Outdoors the occasion has to be one of those agreed beforehand, with a name at most. Choose from the list.',
  },
  'scan-host-unchecked': {
    status: 422,
    vi: 'Hãy mở địa chỉ này trên điện thoại, thấy trang cài đặt của máy chủ rồi mới đánh dấu đã kiểm tra: mọi mã trên màn hình sẽ đổi theo.',
    en: 'Open this address on a phone, see this server’s install page, and only then say that you checked it: every code on every screen will change.',
  },
  'scan-host-outside': {
    status: 422,
    vi: 'Tên miền này không thuộc .gov.vn nên người dân dễ nghi ngờ. Nếu vẫn dùng, hãy xác nhận.',
    en: 'This host is not under .gov.vn, which makes people suspicious. If it is to be used, say so.',
  },
  'cap-refused': { status: 422, vi: 'Thông báo CAP này không được đưa lên màn hình.', en: 'This CAP message is not shown.' },
  'cap-unclear': {
    status: 409,
    vi: 'Còn khu vực hoặc thời hạn chưa rõ. Chọn trên trang rồi gửi lại.',
    en: 'An area or the end is not clear yet. Choose on the page and send it again.',
  },
  'print-needs-host': {
    status: 409,
    vi: 'Chưa có tên miền của mã nên mã in ra sẽ không đếm được. Đặt tên miền ở trang Mã QR trước khi in.',
    en: 'There is no host for codes yet, so a printed code could not be counted. Set the host on the codes page before you print.',
  },
  'placement-ended': {
    status: 409,
    vi: 'Mã này đã ngừng cấp nên không in thêm. Tạo mã mới cho nơi mới.',
    en: 'This code is handed out no longer and is not printed again. Make a new one for a new place.',
  },
  'unit-unknown': { status: 422, vi: 'Không có đơn vị mang mã này.', en: 'There is no unit with this code.' },
  'pairing-code-unknown': {
    status: 404,
    vi: 'Mã ghép nối không đúng hoặc đã hết hạn. Đọc lại mã trên màn hình.',
    en: 'The pairing code is wrong or has expired. Read it from the screen again.',
  },
  'batch-refused': {
    status: 422,
    vi: 'Nhật ký phát bị từ chối: chữ ký hoặc chuỗi không khớp.',
    en: 'The plays were refused: signature or chain does not hold.',
  },
  'capture-refused': {
    status: 422,
    vi: 'Ảnh chụp màn hình bị từ chối: chữ ký hoặc kích thước không đúng.',
    en: 'The capture was refused: wrong signature or size.',
  },
  'logs-refused': {
    status: 422,
    vi: 'Nhật ký kỹ thuật bị từ chối: chữ ký, kích thước không đúng, hoặc không ai yêu cầu.',
    en: 'The log was refused: wrong signature or size, or nobody asked for it.',
  },
  'screen-unreachable': {
    status: 409,
    vi: 'Màn hình đang mất kết nối nên không nhận được lệnh. Khi có mạng trở lại, hãy gửi lại.',
    en: 'The screen is not connected, so it cannot be told. Send it again when it is back.',
  },
  'media-refused': { status: 422, vi: 'Không nhận tệp này.', en: 'This file was not taken.' },
  'media-too-large': {
    status: 413,
    vi: 'Tệp quá lớn. Ảnh tối đa 50 MB, video tối đa 500 MB. Thu nhỏ hoặc nén lại rồi tải lên.',
    en: 'The file is too large. A picture has 50 MB at most, a video 500 MB. Scale it down or compress it, then upload.',
  },
  'media-in-use': { status: 409, vi: 'Tệp đang được dùng nên không xóa được.', en: 'This is in use and cannot be deleted.' },
  'upload-elsewhere': {
    status: 409,
    vi: 'Phần vừa gửi không nối tiếp phần máy chủ đã nhận. Gửi tiếp từ đúng chỗ đó.',
    en: 'This part does not follow what the server has received. Go on from there.',
  },
  'upload-too-many': {
    status: 409,
    vi: 'Anh/chị đang có quá nhiều tệp tải dở. Tải xong hoặc hủy bớt rồi thử lại.',
    en: 'You have too many unfinished uploads. Finish or cancel some, then try again.',
  },
  'storage-full': {
    status: 507,
    vi: 'Ổ đĩa của máy chủ sắp đầy nên chưa nhận thêm tệp. Báo người trông máy chủ.',
    en: 'The server’s disk is nearly full, so no more files are taken. Tell whoever runs the server.',
  },
  'screen-offline': { status: 409, vi: 'Màn hình đang mất kết nối nên chưa chụp được.', en: 'The screen is not connected, so no picture can be taken now.' },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errors;

/** How an error travels: its code, its words in both languages, and details for the reader. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly vi: string; readonly en: string; readonly details?: unknown };
}

export function errorBody(code: ErrorCode, details?: unknown): ErrorBody {
  const { vi, en } = errors[code];
  return { error: details === undefined ? { code, vi, en } : { code, vi, en, details } };
}
