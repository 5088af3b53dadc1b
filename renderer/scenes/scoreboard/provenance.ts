// Where figures come from, in the words that stand under every table.
import type { Snapshot } from '../../../core/snapshot.ts';
import { formatLocalDate, formatMoment } from '../../../core/vietnamese.ts';
import { wordsIn } from '../../words.ts';
import { words, type SceneFacts } from '../facts.ts';

export interface Provenance {
  readonly measure: string;
  readonly source: string;
  readonly base: string;
  readonly cutOff: string;
  /** The shortest form of the cut-off, for streets. */
  readonly cutOffShort: string;
  /** "Chiến dịch mẫu" on every trial. */
  readonly trial: string | undefined;
}

export function provenanceOf(snapshot: Snapshot, facts: SceneFacts): Provenance {
  const own = wordsIn(facts.language);
  const { zone } = facts.campaign;
  const { denominator } = snapshot;
  return {
    measure: words(facts, snapshot.measure.name),
    source: `${own.source}: ${words(facts, snapshot.source)}`,
    base: `${own.base}: ${words(facts, denominator.name)} (${denominator.source}, ${formatLocalDate(denominator.asOf)})`,
    cutOff: `${own.cutOff}: ${formatMoment(snapshot.cutOff, zone, facts.language)}`,
    cutOffShort: `${own.cutOffShort} ${formatMoment(snapshot.cutOff, zone, facts.language)}`,
    trial: facts.campaign.trial ? own.trial : undefined,
  };
}
