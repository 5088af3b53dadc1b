// What is said of a row, in words that a clerk can act on.
import type { Finding, FindingCode } from '../../core/import-api.ts';
import type { CountProblem } from '../../core/count-text.ts';
import type { LocalText } from '../../core/primitives.ts';
import { maxCount } from '../../core/snapshot.ts';
import { fullName, type Unit } from '../../core/units.ts';
import { formatCount, formatLocalDate, sentenceCase } from '../../core/vietnamese.ts';

type Severity = Finding['severity'];

export interface Place {
  readonly line?: number | undefined;
  /** Heading as the file writes it. */
  readonly column?: string | undefined;
  readonly found?: string | undefined;
}

const longestFound = 120;

export function finding(severity: Severity, code: FindingCode, { line, column, found }: Place, vi: string, en: string): Finding {
  const shown = found !== undefined && found.length > longestFound ? `${found.slice(0, longestFound)}…` : found;
  return {
    severity,
    code,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(shown === undefined ? {} : { found: shown }),
    expected: { vi, en },
  };
}

const listed = (units: readonly Unit[], or: string) => units.map(fullName).join(or);

export function unknownUnit(place: Place, suggestions: readonly Unit[]): Finding {
  if (suggestions.length === 0)
    return finding('error', 'unknown-unit', place, 'Tên hoặc mã đơn vị như trong tệp mẫu.', 'A unit’s name or code as in the template.');
  return finding(
    'error',
    'unknown-unit',
    place,
    `Có phải ${listed(suggestions, ', ')}? Ghi đúng tên hoặc mã đơn vị.`,
    `Is it ${listed(suggestions, ', ')}? Write the unit’s exact name or code.`,
  );
}

/** A unit that no longer exists in the campaign's tree. */
export function endedUnit(place: Place, unit: Unit, validTo: string): Finding {
  const date = formatLocalDate(validTo);
  return finding(
    'error',
    'unknown-unit',
    place,
    `${sentenceCase(fullName(unit))} đã kết thúc ngày ${date}; ghi tên phường, xã hiện nay, có chữ "phường" hoặc "xã".`,
    `${sentenceCase(fullName(unit))} ended on ${date}; write today’s unit with its kind, "phường" or "xã".`,
  );
}

export function ambiguousUnit(place: Place, candidates: readonly Unit[]): Finding {
  return finding(
    'error',
    'ambiguous-unit',
    place,
    `Chọn đúng đơn vị cho dòng này: ${listed(candidates, ' hay ')}.`,
    `Choose the unit of this row: ${listed(candidates, ' or ')}.`,
  );
}

export function codeAndNameDiffer(place: Place, byCode: Unit, byName: Unit): Finding {
  return finding(
    'error',
    'ambiguous-unit',
    place,
    `Mã ${byCode.code} là ${fullName(byCode)}, còn tên ghi ${fullName(byName)}. Sửa mã hoặc tên cho khớp.`,
    `Code ${byCode.code} is ${fullName(byCode)}, but the name says ${fullName(byName)}. Mend one of them.`,
  );
}

/** A bare name that a unit of today has from one that ended. */
export function formerUnit(place: Place, unit: Unit, former: Unit, validTo: string): Finding {
  return finding(
    'error',
    'former-unit',
    place,
    `Chọn ${fullName(unit)} nếu đúng là đơn vị đó. Số của ${fullName(former)} cũ (kết thúc ngày ${formatLocalDate(validTo)}) thì không dùng được.`,
    `Choose ${fullName(unit)} if that is the one. Figures of the former ${fullName(former)} (ended on ${formatLocalDate(validTo)}) cannot be used.`,
  );
}

export function unitTwice(place: Place, unit: Unit, otherLines: readonly number[]): Finding {
  const lines = otherLines.slice(0, 5).join(', ') + (otherLines.length > 5 ? '…' : '');
  return finding(
    'error',
    'unit-twice',
    place,
    `${sentenceCase(fullName(unit))} đã có ở dòng ${lines}; giữ lại một dòng đúng.`,
    `${sentenceCase(fullName(unit))} is also on line ${lines}; keep the right one only.`,
  );
}

export function missingUnit(unit: Unit): Finding {
  return finding(
    'warning',
    'missing-unit',
    { found: fullName(unit) },
    'Không có trong tệp; kỳ số liệu mới sẽ ghi "chưa có số liệu" cho đơn vị này.',
    'Not in the file; the new snapshot will say "no figures yet" for this unit.',
  );
}

const problems: Record<CountProblem, { code: FindingCode } & LocalText & { en: string }> = {
  empty: { code: 'count-empty', vi: 'Một số nguyên, ví dụ 1234 hoặc 1.234; ô đang trống.', en: 'A whole number such as 1234 or 1,234; the cell is empty.' },
  'not-a-number': { code: 'count-not-a-number', vi: 'Một số nguyên, ví dụ 1234 hoặc 1.234.', en: 'A whole number such as 1234 or 1,234.' },
  negative: { code: 'count-negative', vi: 'Một số nguyên từ 0 trở lên.', en: 'A whole number, 0 or more.' },
  'not-whole': {
    code: 'count-not-whole',
    vi: 'Một số nguyên, không có phần lẻ; hàng nghìn viết 1.234 hoặc 1,234.',
    en: 'A whole number without a fraction; thousands are 1.234 or 1,234.',
  },
  'too-large': { code: 'count-too-large', vi: `Nhiều nhất ${formatCount(maxCount)}.`, en: `${formatCount(maxCount, 'en')} at most.` },
};

/** A workbook's formula without a cached value, or with an error instead of one. */
function badFormula(place: Place): Finding | undefined {
  const found = place.found ?? '';
  if (found.startsWith('='))
    return finding(
      'error',
      'formula-without-value',
      place,
      'Kết quả của công thức. Mở tệp bằng Excel, chờ tính xong, lưu lại; hoặc dán giá trị (Paste Values) vào ô này.',
      'The formula’s value. Open the file in Excel, let it calculate and save it; or paste the value into this cell.',
    );
  if (!/^#(?:REF!|DIV\/0!|VALUE!|N\/A|NAME\?|NUM!|NULL!|SPILL!)/.test(found)) return undefined;
  return finding(
    'error',
    'formula-error',
    place,
    'Một số nguyên. Công thức của ô này báo lỗi trong Excel; sửa công thức hoặc gõ số.',
    'A whole number. The formula of this cell fails in Excel; mend it or type the number.',
  );
}

export function badCount(place: Place, problem: CountProblem): Finding {
  const formula = badFormula(place);
  if (formula) return formula;
  const { code, vi, en } = problems[problem];
  return finding('error', code, place, vi, en);
}

export function baseMissing(place: Place): Finding {
  return finding(
    'warning',
    'base-missing',
    place,
    'Một cột mẫu số (dân số); chưa có thì đơn vị này không được xếp hạng theo tỷ lệ.',
    'A column with the base; without one this unit has no rank by rate.',
  );
}

export function wrongTotal(place: Place, sum: number): Finding {
  return finding(
    'warning',
    'total-differs',
    place,
    `Tổng các dòng là ${formatCount(sum)}. Kiểm tra xem có thiếu dòng hoặc sai số không.`,
    `The rows add up to ${formatCount(sum, 'en')}. Check for a missing row or a wrong number.`,
  );
}

/** A file that says another target than the one that was set. */
export function otherTarget(place: Place, target: number): Finding {
  const set = formatCount(target);
  return finding(
    'note',
    'other-target',
    place,
    `Chỉ tiêu đã giao là ${set}; bảng dùng chỉ tiêu đã giao.`,
    `The target that was set is ${set}; that one counts.`,
  );
}
