// Takes figures from their source as if whoever set it had imported them: the same reading, preview, holds and log. What a person has to look at is told and not published.
import type { Pulled } from '../../../core/source-api.ts';
import type { Campaign } from '../../../core/campaign.ts';
import { errors } from '../../../core/errors.ts';
import { isAtLeast } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import type { ServerContext } from '../../context.ts';
import { transact } from '../../database/open-database.ts';
import { sha256 } from '../../keys/ed25519.ts';
import { findPerson } from '../../people/person-store.ts';
import { rememberedHeadings } from '../chosen-heading.ts';
import { confirmImport } from '../confirm-import.ts';
import { contestOf } from '../final-desk.ts';
import { announce } from '../issue.ts';
import { keepImport, requireTable, termsOf } from '../keep-import.ts';
import { senderOf } from '../sender.ts';
import { readFile } from '../upload.ts';
import { fetchFile, type Fetched, type FetchRules } from './fetch-file.ts';
import { failureWords, pullWords } from './pull-words.ts';
import { readSource, readState, writeState, type FigureSource, type SourceState } from './source-store.ts';

type Told = Pick<Pulled, 'outcome' | 'words'> & Partial<Pick<Pulled, 'number' | 'findings'>>;
type File = Extract<Fetched, { kind: 'file' }>;

const reason = 'Số liệu lấy tự động từ nguồn đã đặt.';
const failed = (words: Told['words']): Told => ({ outcome: 'failed', words });

function nameOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  return name === '' ? new URL(url).hostname : name;
}

async function take(context: ServerContext, campaign: Campaign, source: FigureSource, file: File): Promise<Told> {
  const { db, now } = context;
  const person = await findPerson(db, source.person);
  if (!person || person.closedAt !== null || !isAtLeast(person.role, 'editor') || person.unit !== null) return failed(pullWords.nobody);
  const caller = { kind: 'person', id: person.id, name: person.name } as const;
  const sender = senderOf(caller);
  const upload = readFile(file.bytes, file.type, nameOf(source.url), { remembered: await rememberedHeadings(db, sender) });
  const changed = file.lastModified === undefined ? Number.NaN : Date.parse(file.lastModified);
  const cutOff = upload.cutOff ?? (Number.isNaN(changed) ? undefined : new Date(Math.min(changed, now())).toISOString());
  const terms = termsOf(campaign, { sample: upload.sample, cutOff }, now());
  const sent = { file: upload.file, read: requireTable(upload), terms, sender, author: person.name };
  const preview = await transact(db, (trx) => keepImport(trx, campaign, sent, now()));
  if (preview.errors > 0)
    return { outcome: 'faulty', words: pullWords.faulty, findings: preview.findings.filter(({ severity }) => severity === 'error').slice(0, 50) };
  const held = preview.holds.length > 0 ? { reason } : {};
  const confirmed = await confirmImport(context, { id: preview.id, leaveOutBadRows: false, choices: [], caller, ...held });
  if (!confirmed.ok) return failed(errors[confirmed.reason]);
  if (confirmed.snapshots) announce(context, confirmed.snapshots);
  if ('state' in confirmed.answer) return { outcome: 'waiting', words: pullWords.waiting };
  const { number } = confirmed.answer;
  return { outcome: 'taken', words: pullWords.taken(number), number };
}

/** Sentences of an error as they stand in the table. */
const refusal = ({ code }: ApiFailure): Told => failed({ vi: errors[code].vi, en: errors[code].en });

async function pull(context: ServerContext, rules: FetchRules, source: FigureSource, known: SourceState | undefined): Promise<SourceState> {
  const told = (what: Told, more: Omit<SourceState, 'last'>): SourceState => ({ ...more, last: { findings: [], ...what, at: context.now() } });
  const before = known ? { etag: known.etag, lastModified: known.lastModified, sha256: known.sha256 } : {};
  const { campaign } = await contestOf(context.db);
  if (campaign.id !== source.campaign) return told(failed(pullWords.nobody), before);
  if (campaign.closedOn !== undefined) return told(failed({ vi: errors['contest-closed'].vi, en: errors['contest-closed'].en }), before);
  const file = await fetchFile(source.url, before, rules);
  if (!file.ok) return told(failed(failureWords[file.reason]), before);
  const hash = file.kind === 'file' ? sha256(file.bytes) : undefined;
  // A file that needs somebody says so until another one comes.
  if (file.kind === 'same' || hash === before.sha256) {
    const stays = known?.last.outcome === 'faulty' ? ({ outcome: 'faulty', words: known.last.words, findings: known.last.findings } as const) : undefined;
    return told(stays ?? { outcome: 'same', words: pullWords.same }, before);
  }
  const seen = { etag: file.etag, lastModified: file.lastModified, sha256: hash };
  try {
    return told(await take(context, campaign, source, file), seen);
  } catch (error) {
    if (error instanceof ApiFailure) return told(refusal(error), before);
    throw error;
  }
}

export interface Puller {
  /** Asks the source now. @returns what came of it; undefined where none is set */
  pull(): Promise<Pulled | undefined>;
  /** Asks it when its time has come. */
  whenDue(): Promise<void>;
}

export const dueAt = (source: FigureSource, state: SourceState | undefined): number => (state ? state.last.at + source.everyMinutes * 60_000 : source.at);

/** One fetch at a time: whoever asks meanwhile gets what comes of that one. */
export function puller(context: ServerContext, rules: FetchRules): Puller {
  const { db, now, log } = context;
  let running: Promise<Pulled | undefined> | undefined;
  const once = async () => {
    const source = await readSource(db);
    if (!source) return undefined;
    const state = await pull(context, rules, source, await readState(db));
    // Another source may have been set meanwhile: then this says nothing of it.
    if ((await readSource(db))?.at !== source.at) return undefined;
    await writeState(db, state);
    const { outcome, words } = state.last;
    if (outcome === 'failed' || outcome === 'faulty') log.warn({ outcome, why: words.en }, 'figures could not be taken from their source');
    if (outcome !== 'same') context.console('scoreboard');
    return state.last;
  };
  const start = () => (running ??= once().finally(() => (running = undefined)));
  return {
    pull: start,
    async whenDue() {
      const source = await readSource(db);
      if (!source || now() < dueAt(source, await readState(db))) return;
      await start();
    },
  };
}
