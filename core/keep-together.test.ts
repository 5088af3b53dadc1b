import { describe, expect, it } from 'vitest';
import { breakAfterKind, keepTogether, wholeLines, wholeSentences } from './keep-together.ts';

const nbsp = '\u00a0';
const shown = (text: string) => text.replaceAll(nbsp, '_');

describe('names in running text', () => {
  it('stay on one line where the line has room', () => {
    expect(shown(keepTogether('Cài đặt Công dân Thủ đô số – iHanoi hôm nay'))).toBe('Cài_đặt Công_dân_Thủ_đô_số_–_iHanoi hôm nay');
    expect(shown(keepTogether('Tổ công tác Đề án 06 ở Bắc Từ Liêm', ['Bắc Từ Liêm']))).toBe('Tổ công tác Đề_án_06 ở Bắc_Từ_Liêm');
  });

  it('and so do words of several syllables, at the beginning of a sentence, too', () => {
    expect(shown(keepTogether('Cài đặt, kích hoạt iHanoi'))).toBe('Cài_đặt, kích_hoạt iHanoi');
    expect(shown(keepTogether('Kết quả thi đua: gọi 1022, nhánh 8'))).toBe('Kết_quả thi_đua: gọi_1022,_nhánh_8');
    expect(shown(keepTogether('Xem tin ngập, tin giao thông: mời cài đặt'))).toBe('Xem tin_ngập, tin_giao_thông: mời_cài_đặt');
    expect(shown(keepTogether('Kích hoạt', [], 4))).toBe('Kích hoạt');
  });

  it('break between their parts on a screen too narrow for the whole', () => {
    expect(shown(keepTogether('Hỏi Tổ chuyển đổi số cộng đồng', [], 18))).toBe('Hỏi Tổ_chuyển_đổi_số cộng_đồng');
    expect(shown(keepTogether('Hỏi Tổ chuyển đổi số cộng đồng', [], 30))).toBe('Hỏi Tổ_chuyển_đổi_số_cộng_đồng');
    expect(shown(keepTogether('Cài đặt Công dân Thủ đô số – iHanoi', [], 18))).toBe('Cài_đặt Công_dân_Thủ_đô_số_–_iHanoi');
    expect(shown(keepTogether('Công dân Thủ đô số', [], 6))).toBe('Công_dân Thủ_đô_số');
  });

  it('break after the kind of a commune, and anywhere in the longest', () => {
    expect(shown(breakAfterKind('Phường Xuân Phương'))).toBe('Phường Xuân_Phương');
    expect(shown(breakAfterKind('Xã Đan Phượng'))).toBe('Xã_Đan_Phượng');
    expect(shown(breakAfterKind('Phường Văn Miếu - Quốc Tử Giám'))).toBe('Phường Văn Miếu - Quốc Tử Giám');
  });
});

it('a short word of a list stays with the one before it', () => {
  const heading = 'Mời đến nhà văn hóa, chợ, trung tâm thương mại';
  expect(shown(keepTogether(heading, [], 18))).toBe('Mời_đến nhà_văn_hóa,_chợ, trung_tâm thương_mại');
  expect(shown(keepTogether(heading, [], 9))).toBe('Mời_đến nhà_văn_hóa, chợ, trung_tâm thương_mại');
});

it('captions keep the lines of their writer where they fit, and a change of speakers always', () => {
  expect(shown(wholeLines('Tổ chuyển đổi số cộng đồng\nhướng dẫn tại quầy.', 17))).toBe('Tổ_chuyển_đổi_số_cộng_đồng\nhướng_dẫn_tại_quầy.');
  expect(shown(wholeLines('Tổ chuyển đổi số cộng đồng\nhướng dẫn tại quầy.', 16))).toBe('Tổ chuyển đổi số cộng đồng hướng dẫn tại quầy.');
  expect(shown(wholeLines('– Cài ở đâu?\n– Ngay tại quầy.', 5))).toBe('– Cài ở đâu?\n– Ngay tại quầy.');
});

it('sentences stay on a line each where they fit into one', () => {
  const note = 'Cần hỗ trợ? Gọi 1022. Cán bộ không hỏi mật khẩu!';
  expect(shown(wholeSentences(note, 20))).toBe('Cần_hỗ_trợ?_Gọi_1022. Cán_bộ_không_hỏi_mật_khẩu!');
  expect(shown(wholeSentences(note, 14))).toBe('Cần_hỗ_trợ?_Gọi_1022. Cán bộ không hỏi mật khẩu!');
});
