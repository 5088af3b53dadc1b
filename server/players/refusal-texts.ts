// What a refused player is told, for the technician who reads its log.
import { minProtocolVersion, protocolVersion, type Refusal } from '../../core/protocol.ts';

const spoken = [...new Set<number>([minProtocolVersion, protocolVersion])].join('–');

export const refusalTexts: Readonly<Record<Refusal, { readonly vi: string; readonly en: string }>> = {
  protocol: { vi: `Máy chủ chỉ dùng giao thức số ${spoken}. Hãy cập nhật trình phát.`, en: `The server speaks protocol ${spoken} only. Update the player.` },
  'bad-proof': { vi: 'Trình phát không chứng minh được khóa của mình.', en: 'The player did not prove that it holds its key.' },
  'bad-message': { vi: 'Thông điệp không đúng mẫu.', en: 'The message does not have the right shape.' },
  revoked: { vi: 'Màn hình này đã bị thu hồi.', en: 'This screen was revoked.' },
  'bad-token': {
    vi: 'Mã đăng ký không đúng, đã dùng hoặc hết hạn. Tạo mã mới trong bảng điều khiển.',
    en: 'The enrolment token is wrong, used or expired. Make a new one in the console.',
  },
  superseded: { vi: 'Một kết nối mới hơn của cùng màn hình đã thay thế kết nối này.', en: 'A newer connection of the same screen has taken over.' },
};
