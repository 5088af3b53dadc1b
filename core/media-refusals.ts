// Why a file is not taken into the media library, and what to do about it, in Vietnamese and English.
import type { LocalText } from './primitives.ts';

export const mediaRefusals = {
  empty: { vi: 'Tệp rỗng (0 byte). Chép lại tệp từ nguồn rồi tải lên lại.', en: 'The file is empty (0 bytes). Copy it from its source again and upload that.' },
  'not-media': {
    vi: 'Đây không phải ảnh hay video, dù tên tệp ghi thế nào. Dùng ảnh JPEG, PNG, WebP, SVG hoặc video MP4, WebM.',
    en: 'This is neither a picture nor a video, whatever its name says. Use a JPEG, PNG, WebP or SVG picture, or an MP4 or WebM video.',
  },
  'other-format': {
    vi: 'Định dạng này chưa dùng được. Mở bằng phần mềm ảnh hoặc video, xuất thành JPEG, PNG hoặc MP4 (H.264) rồi tải lên lại.',
    en: 'This format cannot be used. Open it in a picture or video program, export it as JPEG, PNG or MP4 (H.264), and upload that.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc thiếu phần cuối. Chép lại tệp từ nguồn, mở thử trên máy rồi tải lên lại.',
    en: 'The file is damaged or its end is missing. Copy it from its source again, open it to be sure, and upload that.',
  },
  'too-many-pixels': {
    vi: 'Ảnh có quá nhiều điểm ảnh (hơn 100 triệu). Thu nhỏ còn khoảng 3840 điểm ảnh mỗi chiều rồi tải lên lại.',
    en: 'The picture has too many pixels (more than 100 million). Scale it down to about 3840 pixels a side and upload that.',
  },
  'too-small': {
    vi: 'Ảnh quá nhỏ để chiếu (dưới 16 điểm ảnh mỗi chiều). Dùng ảnh gốc lớn hơn.',
    en: 'The picture is too small to show (less than 16 pixels a side). Use a larger original.',
  },
  'picture-too-large': {
    vi: 'Ảnh nặng hơn 50 MB. Xuất thành JPEG rồi tải lên lại.',
    en: 'The picture has more than 50 MB. Export it as JPEG and upload that.',
  },
  animated: {
    vi: 'Đây là ảnh động. Dùng ảnh tĩnh, hoặc xuất thành video MP4.',
    en: 'This picture is animated. Use a still one, or export it as an MP4 video.',
  },
  'svg-unsafe': {
    vi: 'Tệp SVG có mã chạy, liên kết ra ngoài hoặc phần nhúng nên không an toàn. Xuất lại thành PNG, hoặc SVG chỉ có hình vẽ.',
    en: 'This SVG holds a script, a link to the outside or something embedded, so it is not safe. Export it as PNG, or as an SVG of shapes only.',
  },
  'svg-text': {
    vi: 'Tệp SVG có chữ phụ thuộc phông của từng máy nên có thể mất dấu. Chuyển chữ thành nét (outline) hoặc xuất thành PNG.',
    en: 'This SVG holds text that depends on each machine’s fonts and may lose its marks. Turn the text into outlines, or export it as PNG.',
  },
  'video-tool-missing': {
    vi: 'Máy chủ chưa cài ffmpeg nên chưa kiểm tra được video. Nhờ người trông máy chủ cài (apt install ffmpeg) rồi tải lên lại.',
    en: 'ffmpeg is not installed on the server, so no video can be checked. Ask whoever runs the server to install it (apt install ffmpeg), then upload again.',
  },
  'video-codec': {
    vi: 'Màn hình không phát được kiểu mã hóa video này. Xuất lại thành MP4: H.264, 8 bit, 4:2:0 (yuv420p).',
    en: 'Screens cannot play this video’s encoding. Export it again as MP4: H.264, 8 bit, 4:2:0 (yuv420p).',
  },
  'video-size': {
    vi: 'Video lớn hơn 3840 × 2160 hoặc nhanh hơn 60 khung hình/giây. Xuất lại ở 1920 × 1080, 30 khung hình/giây.',
    en: 'The video is larger than 3840 × 2160 or faster than 60 frames a second. Export it again at 1920 × 1080, 30 frames a second.',
  },
  'video-hdr': {
    vi: 'Video có dải màu rộng (HDR) nên lên màn hình sẽ nhạt màu. Xuất lại thành MP4 thường (SDR, H.264, 8 bit).',
    en: 'The video has a high dynamic range (HDR) and would look pale. Export it again as plain MP4 (SDR, H.264, 8 bit).',
  },
  'video-rotated': {
    vi: 'Video quay dọc chỉ được ghi chú là xoay, không xoay thật. Mở bằng phần mềm dựng video, xoay và xuất lại.',
    en: 'The video is only marked as rotated. Open it in a video editor, rotate it and export it again.',
  },
  'video-flashes': {
    vi: 'Video nháy sáng quá 3 lần trong một giây, có thể gây động kinh. Bỏ đoạn nháy, hoặc làm chậm và dịu lại, rồi xuất lại.',
    en: 'The video flashes more than 3 times in a second, which can bring on seizures. Cut that part, or make it slower and softer, and export it again.',
  },
  'video-length': {
    vi: 'Video phải dài từ 1 giây đến 10 phút. Cắt lại rồi tải lên.',
    en: 'A video has to last 1 second to 10 minutes. Cut it and upload that.',
  },
} as const satisfies Record<string, LocalText>;

export type MediaRefusal = keyof typeof mediaRefusals;

/** "1:05,4": minute, second and tenth in a film. */
function timeCode(seconds: number, point: string): string {
  const tenths = Math.floor(seconds * 10);
  const [minute, second] = [Math.floor(tenths / 600), Math.floor((tenths % 600) / 10)];
  return `${minute}:${String(second).padStart(2, '0')}${point}${tenths % 10}`;
}

/** @param at the second in a film at which it begins, where it is about a place in it */
export function refusalAdvice(reason: MediaRefusal, at?: number): LocalText {
  const { vi, en } = mediaRefusals[reason];
  return at === undefined ? { vi, en } : { vi: `${vi} Đoạn nháy bắt đầu ở ${timeCode(at, ',')}.`, en: `${en} The flashing begins at ${timeCode(at, '.')}.` };
}
