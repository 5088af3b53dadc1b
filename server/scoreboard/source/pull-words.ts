// How a fetch of figures went, in sentences for the desk.
import type { FetchFailure } from './fetch-file.ts';

interface Words {
  readonly vi: string;
  readonly en: string;
}

export const failureWords: Readonly<Record<FetchFailure, Words>> = {
  address: { vi: 'Địa chỉ phải bắt đầu bằng https:// và không chứa mật khẩu.', en: 'The address has to begin with https:// and hold no password.' },
  host: {
    vi: 'Máy chủ nguồn, hoặc nơi nó chuyển tiếp đến, không nằm trong danh sách cho phép. Nhờ người vận hành thêm tên máy chủ (--figure-hosts).',
    en: 'The host, or where it leads on to, is not among those allowed. Ask the operator to add it (--figure-hosts).',
  },
  private: { vi: 'Tên máy chủ nguồn dẫn vào mạng nội bộ nên không được lấy.', en: 'The host’s name leads into a private network, which is not asked.' },
  name: { vi: 'Không tìm thấy máy chủ nguồn. Kiểm tra địa chỉ, rồi kiểm tra DNS.', en: 'The host was not found. Check the address, then DNS.' },
  unreachable: { vi: 'Không kết nối được máy chủ nguồn. Lần sau sẽ tự thử lại.', en: 'The host could not be reached. It is tried again next time.' },
  timeout: { vi: 'Máy chủ nguồn trả lời quá chậm. Lần sau sẽ tự thử lại.', en: 'The host answered too slowly. It is tried again next time.' },
  'too-large': { vi: 'Tệp nguồn lớn hơn 5 MB nên không được lấy.', en: 'The file is larger than 5 MB and was not taken.' },
  redirects: { vi: 'Máy chủ nguồn chuyển tiếp quá nhiều lần. Ghi thẳng địa chỉ của tệp.', en: 'The host leads on too often. Write the file’s own address.' },
  status: { vi: 'Máy chủ nguồn không đưa tệp. Hỏi đơn vị giữ nguồn.', en: 'The host did not give the file. Ask whoever runs it.' },
};

export const pullWords = {
  taken: (number: number): Words => ({ vi: `Đã lấy và công bố kỳ số ${number}.`, en: `Taken, and published as snapshot ${number}.` }),
  waiting: {
    vi: 'Đã lấy; có số liệu phải chờ người thứ hai kiểm tra ở trang Số liệu và nhập tệp.',
    en: 'Taken; some figures wait for a second person on the page of figures.',
  },
  same: { vi: 'Nguồn chưa có số liệu mới.', en: 'The source has nothing new.' },
  faulty: {
    vi: 'Tệp nguồn có chỗ cần người xem, nên chưa công bố. Báo đơn vị giữ nguồn sửa, hoặc tải tệp về rồi nhập tay.',
    en: 'Something in the file needs a person, so nothing was published. Have the source mended, or import the file by hand.',
  },
  nobody: {
    vi: 'Người đặt nguồn không còn quyền nhập số liệu. Đặt lại nguồn bằng tài khoản khác.',
    en: 'Whoever set the source may no longer import figures. Set it again with another account.',
  },
} as const;
