// Sentences about an approval: how it ended, and who has to act now.
import type { ApprovalView, Basis, Publishing } from '../../core/approval-api.ts';
import type { Language } from '../../core/primitives.ts';
import { formatLocalDate, formatMoment } from '../../core/vietnamese.ts';
import { officeZone } from '../ages.ts';
import type { Say } from '../messages.ts';

/** "311/KH-UBND ngày 30/10/2024, UBND thành phố Hà Nội, Nguyễn Văn A ký: …" */
export function basisText({ number, date, office, signer, summary }: Basis, say: Say): string {
  const named = say('basis.text', { number, date: formatLocalDate(date), office });
  const signed = signer === '' ? named : `${named}, ${say('basis.signed', { signer })}`;
  return summary === '' ? signed : `${signed}: ${summary}`;
}

/** How an approval ended, where that still matters: it says what to do next. */
export function endText({ state, settled }: ApprovalView, language: Language, say: Say): string | undefined {
  const facts = settled && { by: settled.by, moment: formatMoment(settled.at, officeZone, language) };
  if (state === 'void') return facts ? say('approval.voidBy', facts) : say('approval.void');
  if (!facts) return undefined;
  if (state === 'rejected') return say('approval.rejected', { ...facts, reason: settled.reason });
  return state === 'withdrawn' ? say('approval.withdrawn', facts) : undefined;
}

/** Who has to act; nothing when all is on the screens, or when one person may simply publish. */
export function whoText({ stage, secondPerson, approval, may }: Publishing, say: Say): string | undefined {
  if (stage === 'waiting') return approval?.may.approve === true ? say('who.you') : say('who.second');
  if (stage === 'approved') return may.publish ? say('who.publish') : say('who.publisher');
  if (may.publish) return undefined;
  if (secondPerson && may.ask) return say('who.ask');
  if (stage === 'playing') return undefined;
  return secondPerson ? say('who.askOther') : say('who.publisher');
}
