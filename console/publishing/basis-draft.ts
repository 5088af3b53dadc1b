// A document's facts as they are typed; what is sent once they are whole.
import type { Basis } from '../../core/approval-api.ts';
import type { Api, ApiResult } from '../api-client.ts';

export interface BasisDraft {
  readonly number: string;
  readonly date: string;
  readonly office: string;
  readonly signer: string;
  readonly summary: string;
  readonly file: File | undefined;
}

export const noBasis: BasisDraft = { number: '', date: '', office: '', signer: '', summary: '', file: undefined };

const clean = (text: string) => text.trim().normalize('NFC');

export function isWhole({ number, date, office }: BasisDraft): boolean {
  return clean(number) !== '' && date !== '' && clean(office) !== '';
}

/** Sends the file first, since the server has to have it. @returns nothing to send when there are no facts */
export async function sendBasis(api: Pick<Api, 'keepBasisFile'>, draft: BasisDraft): Promise<ApiResult<Basis | undefined>> {
  if (!isWhole(draft)) return { ok: true, value: undefined };
  const { number, date, office, signer, summary, file } = draft;
  const facts = { number: clean(number), date, office: clean(office), signer: clean(signer), summary: clean(summary) };
  if (file === undefined) return { ok: true, value: facts };
  const kept = await api.keepBasisFile(file);
  return kept.ok ? { ok: true, value: { ...facts, file: kept.value.sha256 } } : kept;
}
