// The words of the end of a contest: its final result, proposed by one person and confirmed by another.
import type { Language } from '../../core/primitives.ts';

export const finalMessages = {
  'final.badge': { vi: 'Kết quả cuối cùng', en: 'Final result' },
  'final.title': { vi: 'Chốt kết quả cuối cùng', en: 'Make the result final' },
  'final.what': {
    vi: 'Kỳ số {number} đang công bố trở thành kết quả cuối cùng, có chữ ký, dưới một số kỳ mới. Sau khi chốt không nhận số liệu mới, chỉ nhận đính chính có văn bản căn cứ. Một người khác có quyền phê duyệt phải xác nhận.',
    en: 'Snapshot {number}, which is in force, becomes the signed final result under a new number. After that no new figures are taken, only corrections with a document. Somebody else who may approve has to confirm.',
  },
  'final.open': { vi: 'Đề nghị chốt kết quả…', en: 'Propose the final result…' },
  'final.send': { vi: 'Gửi đề nghị chốt kỳ số {number}', en: 'Propose snapshot {number} as final' },
  'final.waits': { vi: 'Đề nghị chốt kỳ số {number} làm kết quả cuối cùng', en: 'Snapshot {number} is proposed as the final result' },
  'final.by': { vi: '{by} đề nghị lúc {moment}', en: 'proposed by {by}, {moment}' },
  'final.basis': { vi: 'Căn cứ: {basis}', en: 'Based on: {basis}' },
  'final.look': { vi: 'Xem kỳ số liệu này', en: 'Look at these figures' },
  'final.confirm': { vi: 'Chốt kết quả…', en: 'Make it final…' },
  'final.sure': {
    vi: 'Tôi đã xem kỳ số {number} và văn bản căn cứ. Việc chốt không hoàn tác được.',
    en: 'I have looked at snapshot {number} and at the document. This cannot be undone.',
  },
  'final.confirmSend': { vi: 'Chốt và công bố ngay', en: 'Make it final and publish now' },
  'final.refuse': { vi: 'Trả lại…', en: 'Refuse…' },
  'final.refuseWhy': { vi: 'Lý do trả lại (ít nhất 5 ký tự)', en: 'Why it is refused (at least 5 characters)' },
  'final.refuseSend': { vi: 'Trả lại', en: 'Refuse' },
  'final.withdraw': { vi: 'Rút đề nghị', en: 'Take back' },
  'final.done': {
    vi: 'Đã chốt. Kỳ số {number} là kết quả cuối cùng, đang hiện trên màn hình và trang công khai.',
    en: 'Done. Snapshot {number} is the final result, on screens and on the public page.',
  },
  'final.closed': { vi: 'Kết quả cuối cùng đã chốt ngày {date}', en: 'The result became final on {date}' },
  'final.closedMore': {
    vi: '{first} đề nghị, {second} xác nhận. Không nhận số liệu mới; tệp nhập bên dưới là đính chính kết quả, phải kèm văn bản căn cứ và chờ người thứ hai.',
    en: 'Proposed by {first}, confirmed by {second}. No new figures are taken; a file below corrects the result, needs a document and waits for a second person.',
  },
  'final.import': { vi: 'Đính chính kết quả cuối cùng', en: 'Correct the final result' },
  'final.needsBasis': {
    vi: 'Đây là đính chính kết quả cuối cùng: ghi văn bản căn cứ. Khi anh/chị xác nhận, bản đính chính chờ người thứ hai.',
    en: 'This corrects the final result: name the document it rests on. Once you confirm, it waits for a second person.',
  },
  'final.sent': {
    vi: 'Đã gửi. Bản đính chính kết quả cuối cùng chờ người thứ hai kiểm tra.',
    en: 'Sent. The correction of the final result waits for a second person.',
  },
} as const satisfies Record<string, Record<Language, string>>;
