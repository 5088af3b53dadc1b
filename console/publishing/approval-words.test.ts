import { describe, expect, it } from 'vitest';
import type { ApprovalView, Publishing } from '../../core/approval-api.ts';
import { textOf, type Say } from '../messages.ts';
import { basisText, endText, whoText } from './approval-words.ts';

const say: Say = (key, ...slots) => textOf('vi', key, ...slots);
const approval: ApprovalView = {
  ...{ id: 'a', playlist: { id: 'street', name: 'Ngoài đường' }, revision: 3, state: 'waiting', digest: '0'.repeat(64), way: 'person', note: '', basis: null },
  ...{ asked: { by: 'Lan', at: 0 }, editor: 'Lan', approved: null, settled: null, changes: [], screens: [], why: null },
  may: { approve: false, reject: false, withdraw: true },
};
const publishing: Publishing = {
  ...{ stage: 'draft', revision: 3, secondPerson: true, compared: true, changes: [], approval: null },
  may: { ask: true, publish: false },
};
const at = Date.parse('2024-11-27T10:51:00+07:00');

describe('who has to act', () => {
  it.each([
    ['outdoors, before anybody asked', publishing, 'gửi người thứ hai duyệt'],
    ['outdoors, for whoever may not ask', { ...publishing, may: { ask: false, publish: false } }, 'cần người biên tập'],
    ['waiting for another', { ...publishing, stage: 'waiting' as const, approval }, 'không phải người sửa hay người gửi'],
    [
      'waiting for this person',
      { ...publishing, stage: 'waiting' as const, approval: { ...approval, may: { approve: true, reject: true, withdraw: false } } },
      'chờ anh/chị duyệt',
    ],
    ['approved', { ...publishing, stage: 'approved' as const, may: { ask: false, publish: true } }, 'phát hành được'],
    ['indoors, for an editor', { ...publishing, secondPerson: false, may: { ask: true, publish: false } }, 'người có quyền phê duyệt bấm phát hành'],
  ])('%s', (_what, of, words) => {
    expect(whoText(of, say)).toContain(words);
  });

  it('is nobody when one person may publish, or when all is on the screens', () => {
    expect(whoText({ ...publishing, secondPerson: false, may: { ask: true, publish: true } }, say)).toBeUndefined();
    expect(whoText({ ...publishing, stage: 'playing', may: { ask: false, publish: false } }, say)).toBeUndefined();
  });
});

it('says how an approval ended, with the reason and what to do next', () => {
  const ended = (state: ApprovalView['state'], reason = '') => endText({ ...approval, state, settled: { by: 'Hòa', at, reason } }, 'vi', say);
  expect(ended('rejected', 'Sai tên đường')).toBe('Hòa trả lại lúc 10:51 ngày 27/11/2024: Sai tên đường');
  expect(ended('void')).toContain('Hòa sửa nội dung lúc 10:51 ngày 27/11/2024');
  expect(ended('void')).toContain('Gửi duyệt lại');
  expect(ended('published')).toBeUndefined();
  expect(endText({ ...approval, state: 'void' }, 'vi', say)).toContain('hết hiệu lực');
});

it('names a document as offices do', () => {
  const basis = { number: '311/KH-UBND', date: '2024-10-30', office: 'UBND thành phố Hà Nội', signer: '', summary: '' };
  expect(basisText(basis, say)).toBe('311/KH-UBND ngày 30/10/2024, UBND thành phố Hà Nội');
  expect(basisText({ ...basis, signer: 'Trần Sỹ Thanh', summary: 'đợt thi đua cao điểm' }, say)).toBe(
    '311/KH-UBND ngày 30/10/2024, UBND thành phố Hà Nội, Trần Sỹ Thanh ký: đợt thi đua cao điểm',
  );
});
