// A player's reasons are one language's sentences; what it often says is said to clerks in theirs. What is not known here stays as it came.
import type { Language } from './primitives.ts';

const known: readonly (readonly [RegExp, string])[] = [
  [/^not ready two seconds after its start$/, 'chưa sẵn sàng sau hai giây; máy có thể đang bận, sẽ tự thử lại'],
  [/^the picture .* (?:cannot be decoded|is empty)$/, 'tệp ảnh không mở được; hãy xuất lại ảnh rồi phát hành lại'],
  [/^the video cannot be decoded/, 'tệp video không giải mã được; hãy xuất lại bằng H.264 rồi phát hành lại'],
  [/^the video has no picture$/, 'video chỉ có tiếng, không có hình; hãy xuất lại rồi phát hành lại'],
  [/^the video has no end$/, 'video không có điểm kết thúc; hãy xuất lại rồi phát hành lại'],
  [/^the video stands still$/, 'video đứng hình'],
  [/^the scene stopped moving$/, 'cảnh chuyển động bị đứng'],
  [/^the page hung while this was on$/, 'trang chiếu bị treo khi chiếu mục này'],
  [/^the page crashed while this was on$/, 'trang chiếu bị lỗi khi chiếu mục này'],
  [/^its file is missing or damaged$/, 'tệp bị thiếu hoặc hỏng, đang được tải lại'],
  [/^the clock is not trusted$/, 'đồng hồ chưa tin cậy nên chưa chiếu mục có hẹn giờ'],
  [/^not scheduled$/, 'ngoài giờ chiếu của mục'],
  [/^it moves, and traffic looks at this screen$/, 'có chuyển động, không chiếu ở nơi có xe qua lại'],
  [/^it goes on for pages, and traffic looks at this screen$/, 'nhiều trang, không chiếu ở nơi có xe qua lại'],
  [/^it is a map, and there are no shapes/, 'là bản đồ mà chưa có hình của các đơn vị'],
  [/^it is a map, and this screen/, 'là bản đồ mà màn hình này không hiện rõ từng đơn vị'],
  [/^there are no figures yet$/, 'chưa có số liệu'],
  [/^there is no link to install from$/, 'chưa có liên kết cài đặt'],
  [/^this (?:player|build) cannot draw/, 'trình phát này chưa vẽ được loại cảnh đó; hãy cập nhật'],
  [/^the page kept falling, so the factory/, 'trang chiếu lỗi nhiều lần nên chiếu danh sách dự phòng trong nửa giờ'],
  [/^the page kept falling, so only the card/, 'trang chiếu lỗi nhiều lần nên chỉ chiếu thẻ tên trong nửa giờ'],
  [/ lies over the stage$/, 'có cửa sổ khác nằm đè lên hình'],
  [/^the page draws no frames$/, 'trang không vẽ hình mới'],
  [/^(?:no layer is visible|the visible layer )/, 'lớp hình đang chiếu không hiện ra'],
  [/^no page is attached$/, 'trang chiếu chưa mở xong'],
  [/^the screen is revoked$/, 'màn hình đã bị thu hồi'],
  [/^something was ordered that lies over/, 'đang có lệnh hoặc giờ nghỉ thay chương trình'],
  [/^there is no window$/, 'cửa sổ chiếu chưa mở'],
  [/^there is no log to send$/, 'không có nhật ký để gửi'],
  [/^began late$/, 'hiện muộn hơn lịch'],
  [/^cut short$/, 'bị ngắt trước khi hết lượt'],
  [/^restart$/, 'máy khởi động lại'],
  [/^the player stopped$/, 'trình phát dừng'],
  [/^off by schedule$/, 'hết giờ chiếu của màn hình'],
  [/^covered by /, 'nhường chỗ cho thông báo khẩn, lệnh tạm ngừng hoặc chương trình quốc tang'],
  [/^its file is not there, or not verified yet$/, 'tệp chưa tải về hoặc chưa kiểm tra xong'],
  [/^not in the manifest$/, 'không có trong nội dung đang phát'],
  [/^the figures are of another campaign$/, 'số liệu của chiến dịch khác'],
  [/^the figures were withdrawn$/, 'số liệu đã được rút lại'],
  [/^the output is smaller than the screen$/, 'đầu ra nhỏ hơn màn hình'],
  [/^nobody would start this player again$/, 'máy này không được cài để tự khởi động lại'],
];

/** What a player gave as its reason, in the reader's language as far as it is known. */
export function reasonText(reason: string, language: Language): string {
  if (language !== 'vi') return reason;
  return known.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}
