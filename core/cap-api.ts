// The contract of CAP 1.2 messages (OASIS Common Alerting Protocol): what is read from one, what it would do here, and why it does nothing.
import { z } from 'zod';
import { orderAnswerSchema, reachAnswerSchema, signaturesSchema } from './order-api.ts';
import { priorities } from './orders.ts';
import { instantSchema, localTextSchema, type LocalText } from './primitives.ts';

export const capStatuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const capTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const capScopes = ['Public', 'Restricted', 'Private'] as const;

/** Longest message that is read, letters. */
export const maxCapLetters = 200_000;

/** Why a message cannot be read, or shows nothing. */
export const capReasons = {
  malformed: {
    vi: 'Tệp không phải XML đúng quy tắc, hoặc bị cắt ngang.',
    en: 'The file is no well-formed XML, or breaks off.',
  },
  'document-type': {
    vi: 'Tệp có khai báo DOCTYPE hoặc ENTITY. Thông báo CAP không cần chúng, và chúng có thể gây hại.',
    en: 'The file declares a DOCTYPE or ENTITY. A CAP message needs none, and they can do harm.',
  },
  'not-cap': {
    vi: 'Tệp không phải thông báo CAP phiên bản 1.2 (urn:oasis:names:tc:emergency:cap:1.2).',
    en: 'The file is no message of CAP version 1.2 (urn:oasis:names:tc:emergency:cap:1.2).',
  },
  'field-missing': {
    vi: 'Thông báo thiếu một phần bắt buộc, hoặc có phần sai mẫu của CAP 1.2.',
    en: 'The message lacks a required part, or a part does not have the form of CAP 1.2.',
  },
  'not-actual': {
    vi: 'Trạng thái của thông báo không phải Actual nên không lên màn hình. Muốn diễn tập, soạn thông báo diễn tập trên trang này.',
    en: 'The message’s status is not Actual, so it is not shown. For a drill, write one on this page.',
  },
  'not-public': {
    vi: 'Thông báo này không dành cho công chúng (scope khác Public) nên không lên màn hình.',
    en: 'The message is not for the public (its scope is not Public), so it is not shown.',
  },
  'no-alert': {
    vi: 'Đây là tin xác nhận hoặc báo lỗi giữa các hệ thống (Ack, Error), không có gì để chiếu.',
    en: 'This acknowledges or refuses another message (Ack, Error); there is nothing to show.',
  },
  known: { vi: 'Thông báo này đã được nhập trước đó.', en: 'This message was taken before.' },
  superseded: { vi: 'Đã nhập một bản cập nhật mới hơn của thông báo này.', en: 'A newer update of this message was taken already.' },
  'nothing-to-cancel': {
    vi: 'Thông báo mà tin hủy này nhắc đến không còn trên màn hình nào, hoặc chưa từng được nhập.',
    en: 'What this message cancels is on no screen any more, or was never taken.',
  },
  'no-references': {
    vi: 'Tin cập nhật hoặc hủy phải nói rõ thay cho thông báo nào (references), nhưng phần này trống.',
    en: 'An update or cancel has to name the messages it follows (references), but does not.',
  },
  expired: { vi: 'Thông báo đã hết hạn (expires).', en: 'The message has expired.' },
  'not-yet': {
    vi: 'Thông báo chưa đến lúc có hiệu lực (effective). Nhập lại khi đến giờ.',
    en: 'The message does not take effect yet. Take it again when it does.',
  },
  'no-vietnamese': {
    vi: 'Thông báo không có phần tiếng Việt. Hãy soạn tay bằng tiếng Việt trên trang này.',
    en: 'The message has no Vietnamese part. Write it by hand on this page.',
  },
  'several-parts': {
    vi: 'Thông báo có nhiều phần tiếng Việt khác nhau (info). Hãy đề nghị nơi gửi tách ra, hoặc soạn tay từng thông báo.',
    en: 'The message has several Vietnamese parts (info). Ask its sender to divide it, or write each by hand.',
  },
  'words-too-long': {
    vi: 'Câu chính (headline) hoặc việc xảy ra (event) thiếu, hoặc quá dài để đọc trên màn hình: tối đa 140 và 40 ký tự. Hãy soạn tay câu ngắn hơn.',
    en: 'Headline or event is missing or too long to be read on a screen: 140 and 40 letters at most. Write a shorter one by hand.',
  },
  'words-unfit': {
    vi: 'Lời của thông báo chứa thẻ, mã lệnh, liên kết, ký tự ẩn, hoặc chữ DIỄN TẬP trong một thông báo thật. Không đưa lên màn hình.',
    en: 'The message’s words hold tags, code, links, hidden characters, or the mark of a drill in a real alert. They are not shown.',
  },
  foreign: { vi: 'Không có khu vực nào của thông báo thuộc địa bàn này.', en: 'No area of the message lies here.' },
} as const satisfies Record<string, LocalText>;
export type CapReason = keyof typeof capReasons;

const unitCode = z.string().min(1).max(40);
/** What a person says of an area that was not clear: the whole city, these units, or (none) that it is not here. */
const areaAnswer = z.union([z.literal('all'), z.array(unitCode).max(200)]);

export const capTrySchema = z.strictObject({
  xml: z.string().min(1).max(maxCapLetters),
  /** By the area's words. */
  areas: z.record(z.string().max(500), areaAnswer).default({}),
  /** For a message that names no end. */
  minutes: z
    .int()
    .min(5)
    .max(7 * 24 * 60)
    .optional(),
  /** Also to screens for which approvers sign; then all of it waits for their signatures. */
  signed: z.boolean().default(false),
});
export type CapTry = z.infer<typeof capTrySchema>;
export const capSendSchema = capTrySchema.extend({ confirm: z.string().max(40) });

const namedUnit = z.object({ code: z.string(), name: z.string() });
export const capPartSchema = z.object({
  /** As the message writes it. */
  text: z.string(),
  whole: z.boolean(),
  units: z.array(namedUnit),
  /** Nobody but a person can tell which unit is meant. */
  asked: z.boolean(),
  suggestions: z.array(namedUnit),
});
export type CapPart = z.infer<typeof capPartSchema>;

export const capPreviewSchema = z.object({
  sender: z.string(),
  identifier: z.string(),
  sent: instantSchema,
  status: z.literal(capStatuses),
  type: z.literal(capTypes),
  action: z.literal(['show', 'replace', 'end', 'none']),
  /** Why nothing would happen. */
  reason: z.literal(Object.keys(capReasons) as CapReason[]).nullable(),
  words: z
    .object({
      event: localTextSchema,
      headline: localTextSchema,
      instruction: localTextSchema.nullable(),
      priority: z.literal(priorities),
      speaker: z.string(),
    })
    .nullable(),
  /** The instruction was cut at the end of a sentence, to be read on a screen. */
  shortened: z.boolean(),
  area: localTextSchema.nullable(),
  parts: z.array(capPartSchema),
  /** The message names no end. */
  endAsked: z.boolean(),
  expiresAt: instantSchema.nullable(),
  /** Alerts that it takes the place of, or ends; without a number where one still waits for a second person. */
  ends: z.array(z.object({ number: z.int().nullable(), headline: localTextSchema })),
  /** Screens that would show it now. */
  reach: reachAnswerSchema.nullable(),
  /** What the screens of its areas ask for where approvers sign: they are left out unless `signed`. */
  signatures: signaturesSchema.nullable(),
});
export type CapPreview = z.infer<typeof capPreviewSchema>;
export const capAnswerSchema = orderAnswerSchema;

export const capPaths = { read: '/api/orders/cap/try', send: '/api/orders/cap' } as const;
