import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, stepApproval, type Approval, type ApprovalAct } from './approval.ts';

const people = ['an', 'binh', 'chi'] as const;
const contents = ['a', 'b'] as const;
const person = fc.constantFrom(...people);
const asked = fc.record({ asker: person, editor: fc.option(person), digest: fc.constantFrom(...contents) });
const act = fc.oneof(
  fc.record({ kind: fc.constantFrom('approve' as const, 'publish' as const), by: person, digest: fc.constantFrom(...contents) }),
  fc.record({ kind: fc.constantFrom('reject' as const, 'withdraw' as const), by: person }),
  fc.record({ kind: fc.constant('edit' as const), by: fc.option(person) }),
);
const fresh = ({ asker, editor, digest }: Pick<Approval, 'asker' | 'editor' | 'digest'>): Approval => ({
  ...{ state: 'waiting', asker, editor, digest, approver: null, settler: null },
});
const run = (start: Approval, acts: readonly ApprovalAct[]) =>
  acts.reduce<{ approval: Approval; done: ApprovalAct[] }>(
    ({ approval, done }, each) => {
      const step = stepApproval(approval, each);
      return step.ok && step.changed ? { approval: step.approval, done: [...done, each] } : { approval, done };
    },
    { approval: start, done: [] },
  );

describe('whatever people do, in whatever order', () => {
  it('nothing is published but what another person than writer and asker approved, to the byte, before', () => {
    fc.assert(
      fc.property(asked, fc.array(act, { maxLength: 12 }), (start, acts) => {
        const { approval, done } = run(fresh(start), acts);
        if (approval.state !== 'published') return;
        const approve = done.find(({ kind }) => kind === 'approve');
        const publish = done.at(-1);
        expect([approve, publish]).toMatchObject([{ digest: start.digest }, { kind: 'publish', digest: start.digest }]);
        expect([start.asker, start.editor]).not.toContain(approve?.by);
        expect(approval.approver).toBe(approve?.by);
        expect(done.map(({ kind }) => kind)).toEqual(['approve', 'publish']);
      }),
    );
  });

  it('nobody brings any of it to a screen alone', () => {
    fc.assert(
      fc.property(asked, person, fc.array(act, { maxLength: 12 }), (start, alone, acts) => {
        const own = acts.map((each) => ({ ...each, by: alone }));
        expect(run(fresh({ ...start, asker: alone, editor: alone }), own).approval.state).not.toBe('published');
      }),
    );
  });

  it('what is settled stays settled, by whom it was', () => {
    fc.assert(
      fc.property(asked, fc.array(act, { maxLength: 8 }), act, (start, acts, more) => {
        const { approval } = run(fresh(start), acts);
        if (isOpen(approval)) return;
        const step = stepApproval(approval, more);
        expect(step).toEqual(step.ok ? { ok: true, approval, changed: false } : { ok: false, reason: 'settled' });
      }),
    );
  });

  it('the same act of the same person twice is one, and the second is told so', () => {
    fc.assert(
      fc.property(asked, fc.array(act, { maxLength: 8 }), act, (start, acts, last) => {
        const step = stepApproval(run(fresh(start), acts).approval, last);
        if (step.ok) expect(stepApproval(step.approval, last)).toEqual({ ok: true, approval: step.approval, changed: false });
      }),
    );
  });
});

describe('an approval', () => {
  const start = fresh({ asker: 'an', editor: 'binh', digest: 'a' });
  it.each([
    ['by whoever asked', { kind: 'approve', by: 'an', digest: 'a' }, 'same-person'],
    ['by whoever edited last', { kind: 'approve', by: 'binh', digest: 'a' }, 'same-person'],
    ['of other content', { kind: 'approve', by: 'chi', digest: 'b' }, 'changed'],
  ] as const)('%s is refused', (_what, each, reason) => {
    expect(stepApproval(start, each)).toEqual({ ok: false, reason });
  });

  it('is needed before a publish, and an edit after it undoes it', () => {
    const publish = { kind: 'publish', by: 'chi', digest: 'a' } as const;
    expect(stepApproval(start, publish)).toEqual({ ok: false, reason: 'not-approved' });
    const { approval } = run(start, [
      { kind: 'approve', by: 'chi', digest: 'a' },
      { kind: 'edit', by: 'an' },
    ]);
    expect(approval.state).toBe('void');
    expect(stepApproval(approval, publish)).toEqual({ ok: false, reason: 'settled' });
  });

  it('can be taken back by a word until it is on the screens', () => {
    const { approval } = run(start, [{ kind: 'approve', by: 'chi', digest: 'a' }]);
    expect(stepApproval(approval, { kind: 'withdraw', by: 'an' })).toMatchObject({ ok: true, approval: { state: 'withdrawn' } });
    expect(stepApproval(approval, { kind: 'reject', by: 'dung' })).toMatchObject({ ok: true, approval: { state: 'rejected' } });
  });
});
