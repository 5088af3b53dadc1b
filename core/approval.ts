// The approval of content for screens outdoors: its states, the acts that lead from one to the next, and who may not do which. Pure: the server keeps what it says.

/**
 * `waiting` for a second person; `approved`, not yet on any screen; `published`, `rejected`, `withdrawn` or `void` (the content was edited since): settled, for ever.
 */
export const approvalStates = ['waiting', 'approved', 'published', 'rejected', 'withdrawn', 'void'] as const;
export type ApprovalState = (typeof approvalStates)[number];

export interface Approval {
  readonly state: ApprovalState;
  /** Of exactly what was asked about: SHA-256 over content, campaign and screens. */
  readonly digest: string;
  /** Id of whoever asked. */
  readonly asker: string;
  /** Id of whoever made the last edit; null for content that ships with the product. */
  readonly editor: string | null;
  /** Id of whoever approved. */
  readonly approver: string | null;
  /** Id of whoever brought it into its last state. */
  readonly settler: string | null;
}

/** `digest` is of what would go on the screens now. */
export type ApprovalAct =
  | { readonly kind: 'approve' | 'publish'; readonly by: string; readonly digest: string }
  | { readonly kind: 'reject' | 'withdraw'; readonly by: string }
  | { readonly kind: 'edit'; readonly by: string | null };

/**
 * `same-person`: whoever edited last or asked never approves; `changed`: what would go on the screens is not what was asked about; `settled`: somebody was faster;
 * `not-approved`: nobody has approved it yet.
 */
export type ApprovalRefusal = 'same-person' | 'changed' | 'settled' | 'not-approved';

/** With `changed: false` the same act was done before by the same person: it holds, and nothing is done again. */
export type ApprovalStep =
  { readonly ok: true; readonly approval: Approval; readonly changed: boolean } | { readonly ok: false; readonly reason: ApprovalRefusal };

export const isOpen = ({ state }: Pick<Approval, 'state'>): boolean => state === 'waiting' || state === 'approved';

/** Whoever wrote or asked is the first person, never the second. */
export const isFirstPerson = ({ asker, editor }: Pick<Approval, 'asker' | 'editor'>, person: string): boolean => person === asker || person === editor;

/** What an act makes of an open approval; asking again makes a new one. */
const ends = { approve: 'approved', publish: 'published', reject: 'rejected', withdraw: 'withdrawn', edit: 'void' } as const;

export function stepApproval(approval: Approval, act: ApprovalAct): ApprovalStep {
  const { kind, by } = act;
  const state = ends[kind];
  const isOther = 'digest' in act && act.digest !== approval.digest;
  if (approval.state === state && !isOther && (approval.settler === by || kind === 'publish')) return { ok: true, approval, changed: false };
  if (!isOpen(approval)) return { ok: false, reason: 'settled' };
  const next = { ...approval, state, settler: by };
  if (kind === 'edit' || kind === 'reject' || kind === 'withdraw') return { ok: true, approval: next, changed: true };
  if (isOther) return { ok: false, reason: 'changed' };
  if (kind === 'publish') return approval.state === 'approved' ? { ok: true, approval: next, changed: true } : { ok: false, reason: 'not-approved' };
  if (approval.state !== 'waiting') return { ok: false, reason: 'settled' };
  return isFirstPerson(approval, by) ? { ok: false, reason: 'same-person' } : { ok: true, approval: { ...next, approver: by }, changed: true };
}
