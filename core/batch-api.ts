// The staff API's contract for many screens at once: a table in, what was found in its rows out, and labels with which boxes become those screens.
import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** More screens than any delivery brings. */
export const maxBatchScreens = 1_000;
export const maxLabelDays = 60;

/** Columns of the table, as the template writes them; each is found by any of its spellings, with or without marks. */
export const batchColumns = {
  name: { vi: 'Tên', others: ['ten man hinh', 'name'] },
  place: { vi: 'Địa điểm', others: ['dia chi', 'vi tri', 'place', 'address'] },
  unit: { vi: 'Đơn vị', others: ['phuong xa', 'unit'] },
  kind: { vi: 'Loại', others: ['loai man hinh', 'kind', 'model'] },
  channel: { vi: 'Kênh', others: ['channel'] },
  tags: { vi: 'Nhãn', others: ['nhom', 'tags', 'group'] },
  contact: { vi: 'Liên hệ', others: ['nguoi lien he', 'dien thoai', 'contact'] },
  operator: { vi: 'Đơn vị vận hành', others: ['van hanh', 'cong ty van hanh', 'operator'] },
  width: { vi: 'Rộng (px)', others: ['rong', 'width'] },
  height: { vi: 'Cao (px)', others: ['cao', 'height'] },
  pitch: { vi: 'Bước điểm ảnh (mm)', others: ['buoc diem anh', 'pitch'] },
} as const;
export type BatchColumn = keyof typeof batchColumns;

export const batchSchema = z.strictObject({
  /** The table as CSV text. */
  csv: z.string().max(900_000),
  /** False only looks: what would be made, and what stands in the way. */
  confirm: z.boolean(),
});

export const batchFindingSchema = z.object({
  /** Line of the file, 1 first; absent when it is about the whole. */
  line: z.int().min(1).optional(),
  severity: z.literal(['error', 'warning']),
  words: z.object({ vi: z.string(), en: z.string() }),
});
export type BatchFinding = z.infer<typeof batchFindingSchema>;

export const batchRowSchema = z.object({
  line: z.int().min(1),
  name: z.string(),
  place: z.string(),
  /** In words. */
  unit: z.string().nullable(),
  kind: z.string(),
  /** By its name; null lets the rules decide. */
  channel: z.string().nullable(),
  tags: z.array(z.string()),
  operator: z.string(),
});
export const batchAnswerSchema = z.object({
  rows: z.array(batchRowSchema),
  findings: z.array(batchFindingSchema),
  /** Ids of the screens that were made; none while it was only looked at, or with an error in any row. */
  made: z.array(z.uuid()),
});
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

export const labelsSchema = z.strictObject({ screens: z.array(z.uuid()).min(1).max(maxBatchScreens), days: z.int().min(1).max(maxLabelDays).default(30) });
/** Until when the tokens on a sheet hold, in its answer's header. */
export const labelsUntilHeader = 'x-ihanoi-until';
export const labelsUntilSchema = z.coerce.number().pipe(instantSchema);

export const batchPaths = { batch: '/api/screens/batch', template: '/api/screens/batch/template.csv', labels: '/api/screens/labels' } as const;
