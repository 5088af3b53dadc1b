// What is wrong with a field that people filled in, named by its path, in words of both languages.
import type { z } from 'zod';
import { pathText } from './playlist.ts';
import type { LocalText } from './primitives.ts';

export interface FieldProblem {
  /** Where in the document, such as `items[2].props.heading.vi`. */
  readonly path: string;
  readonly reason: LocalText;
}

/** Reasons that a schema alone cannot give; an issue of code `custom` names one as its message. */
export const customReasons = {
  'id-used-twice': { vi: 'hai mục trùng mã', en: 'two items have the same id' },
  blank: { vi: 'chưa nhập', en: 'nothing is written here' },
  'not-composed': { vi: 'chữ phải là Unicode dựng sẵn (NFC)', en: 'expected composed Unicode (NFC)' },
  'no-day': { vi: 'chọn ít nhất một ngày trong tuần', en: 'choose at least one day of the week' },
  'ends-before-start': { vi: 'ngày kết thúc trước ngày bắt đầu', en: 'it ends before it starts' },
  'leaves-before-grey': { vi: 'phải lâu hơn hoặc bằng lúc làm mờ', en: 'it has to be no sooner than the greying' },
  'far-before-near': { vi: 'phải xa hơn hoặc bằng người xem gần nhất', en: 'it has to be no nearer than the nearest viewer' },
  'tag-twice': { vi: 'hai nhãn trùng nhau', en: 'two tags are the same' },
  'no-letters': { vi: 'phải có chữ hoặc số', en: 'expected letters or digits' },
  'tree-unknown': { vi: 'không có cây đơn vị này', en: 'there is no such tree of units' },
  'media-unknown': { vi: 'máy chủ không có tệp này', en: 'the server does not have this file' },
  'media-over': {
    vi: 'tệp này đã hết hạn dùng: thay tệp, tắt mục hoặc gia hạn trong Thư viện',
    en: 'this file may no longer be shown: put another in its place, switch the item off, or extend it in the library',
  },
  'media-other-type': { vi: 'tệp này không đúng loại', en: 'this file is of another type' },
} as const satisfies Record<string, LocalText>;
export type CustomReason = keyof typeof customReasons;

const isCustomReason = (text: string): text is CustomReason => text in customReasons;

/** Nothing was given: what Zod says when a value is missing altogether, or an empty field where the schema was asked to report what it was given. */
function isMissing({ code, message, input }: z.core.$ZodIssue): boolean {
  return input === '' || input === null || (code === 'invalid_type' && message.endsWith('received undefined'));
}

function counted(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): LocalText {
  const limit = String(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const vi = issue.code === 'too_small' ? 'ít nhất' : 'nhiều nhất';
  const en = issue.code === 'too_small' ? 'at least' : 'at most';
  switch (issue.origin) {
    case 'string':
      return issue.code === 'too_small' && limit === '1' ? customReasons.blank : { vi: `${vi} ${limit} ký tự`, en: `${en} ${limit} characters` };
    case 'array':
      return { vi: `${vi} ${limit} phần`, en: `${en} ${limit} entries` };
    default:
      return { vi: `${vi} ${limit}`, en: `${en} ${limit}` };
  }
}

function reasonOf(issue: z.core.$ZodIssue): LocalText {
  if (isMissing(issue)) return customReasons.blank;
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return counted(issue);
    case 'unrecognized_keys':
      return { vi: `không có phần nào tên ${issue.keys.join(', ')}`, en: `there is no part named ${issue.keys.join(', ')}` };
    case 'invalid_format':
    case 'invalid_union':
      return { vi: 'không đúng mẫu', en: 'this does not have the right form' };
    case 'invalid_value':
      return { vi: `phải là một trong: ${issue.values.map(String).join(', ')}`, en: `expected one of: ${issue.values.map(String).join(', ')}` };
    case 'invalid_type':
      return { vi: 'không đúng kiểu giá trị', en: `expected ${issue.expected}` };
    case 'custom':
      if (issue.message.includes('NFC')) return customReasons['not-composed'];
      return isCustomReason(issue.message) ? customReasons[issue.message] : { vi: 'không hợp lệ', en: issue.message };
    default:
      return { vi: 'không hợp lệ', en: issue.message };
  }
}

export function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { path: pathText(issue.path), reason: reasonOf(issue) };
}

export function customProblem(path: string, reason: CustomReason): FieldProblem {
  return { path, reason: customReasons[reason] };
}
