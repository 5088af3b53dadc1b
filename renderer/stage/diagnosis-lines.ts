// A box's report as a technician reads it: one fact a line, what is wrong first.
import type { Language } from '../../core/primitives.ts';
import { reasonText } from '../../core/reason-words.ts';
import type { Diagnosis } from '../../core/technician.ts';
import { formatCount, formatMoment } from '../../core/vietnamese.ts';
import { isKnownWarning, warningWords } from '../../core/warning-words.ts';
import { wordsIn } from '../words.ts';

export interface DiagnosisLine {
  readonly label: string;
  readonly text: string;
  readonly isWrong: boolean;
}

export function diagnosisLines({ server, addresses, health }: Diagnosis, zone: string, language: Language): DiagnosisLine[] {
  const own = wordsIn(language);
  const count = (value: number) => formatCount(Math.round(value), language);
  /** A figure is never parted from its unit. */
  const of = (value: number, unit: string) => `${count(value)}\u00a0${unit}`;
  const line = (label: string, text: string, isWrong = false): DiagnosisLine => ({ label, text, isWrong });
  const { manifest, clock, disk, board, memory, journal, quarantined, warnings = [], startedAt, player, shell } = health;
  const content = manifest.playing === 'factory' ? own.shipped : manifest.playing.slice(0, 12);
  const page = memory.pageHeapBytes === null ? '' : `, ${own.memoryOfPage} ${of(memory.pageHeapBytes / 1e6, 'MB')}`;
  return [
    ...warnings.map(({ code, detail }) => line(own.diagnosisWarnings, isKnownWarning(code) ? warningWords[code][language] : (detail ?? code), true)),
    ...quarantined.map(({ item, reason }) => line(own.diagnosisNotShown, `${item}: ${reasonText(reason, language)}`, true)),
    line(own.diagnosisServer, server ?? own.notConnected, server === null),
    line(own.diagnosisAddresses, addresses.join(' · ') || '–', addresses.length === 0),
    line(own.diagnosisContent, `${content} · ${own.diagnosisVersion} ${manifest.accepted}`),
    line(
      own.diagnosisClock,
      `${clock.trusted ? own.clockTrusted : own.clockUntrusted}, ${clock.offsetMs > 0 ? '+' : ''}${of(clock.offsetMs, 'ms')}`,
      !clock.trusted,
    ),
    ...(disk ? [line(own.diagnosisDisk, `${count(disk.freeBytes / 1e9)}\u00a0/\u00a0${of(disk.totalBytes / 1e9, 'GB')}`)] : []),
    line(own.diagnosisMemory, `${own.memoryOfPlayer} ${of(memory.playerRssBytes / 1e6, 'MB')}${page}`),
    ...(board && board.celsius !== null ? [line(own.diagnosisHeat, of(board.celsius, '°C'))] : []),
    line(own.diagnosisPlays, count(journal.pending)),
    ...(startedAt === undefined ? [] : [line(own.diagnosisSince, formatMoment(startedAt, zone, language))]),
    line(own.diagnosisSoftware, `${player} · ${shell}`),
  ];
}
