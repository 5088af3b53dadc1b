// The words of targets by unit and phase.
import type { Language } from '../../core/primitives.ts';

export const targetMessages = {
  'target.tab': { vi: 'Chỉ tiêu', en: 'Targets' },
  'target.lead': {
    vi: 'Chỉ tiêu của từng đơn vị đến hết một đợt, hoặc cả chiến dịch. Kỳ số liệu công bố từ nay về sau được so với chỉ tiêu của đợt đang diễn ra; kỳ đã công bố giữ nguyên.',
    en: 'What each unit is to reach by the end of a phase, or of the whole campaign. Figures published from now on are measured against the phase that is on; those published stay as they are.',
  },
  'target.phase': { vi: 'Đợt', en: 'Phase' },
  'target.whole': { vi: 'Cả chiến dịch', en: 'The whole campaign' },
  'target.inForce': { vi: 'Đang áp dụng', en: 'In force' },
  'target.notSet': { vi: 'Đợt này chưa giao chỉ tiêu.', en: 'This phase has no targets yet.' },
  'target.setBy': { vi: '{by} giao lúc {moment}', en: 'Set by {by}, {moment}' },
  'target.basis': { vi: 'Căn cứ: {basis}', en: 'Based on: {basis}' },
  'target.file': { vi: 'Đọc chỉ tiêu từ tệp', en: 'Read targets from a file' },
  'target.fileHint': {
    vi: 'Excel (.xlsx, .xls) hoặc CSV có cột "Chỉ tiêu", tối đa 5 MB',
    en: 'Excel (.xlsx, .xls) or CSV with a column "Chỉ tiêu", up to 5 MB',
  },
  'target.read': {
    vi: 'Đã đọc {count} chỉ tiêu từ tệp {file}. Xem lại bảng dưới đây rồi giao.',
    en: '{count} targets were read from {file}. Look at them below, then set them.',
  },
  'target.target': { vi: 'Chỉ tiêu', en: 'Target' },
  'target.of': { vi: 'Chỉ tiêu của {unit}', en: 'Target of {unit}' },
  'target.reached': { vi: 'Đạt', en: 'Reached' },
  'target.total': { vi: 'Cộng', en: 'Sum' },
  'target.withBasis': { vi: 'Văn bản giao chỉ tiêu', en: 'The decision' },
  'target.save': { vi: 'Giao chỉ tiêu', en: 'Set the targets' },
  'target.saved': { vi: 'Đã giao chỉ tiêu cho {count} đơn vị.', en: 'Targets of {count} units are set.' },
} as const satisfies Record<string, Record<Language, string>>;
