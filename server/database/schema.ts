// All tables as the stores see them. Instants are epoch milliseconds, yes/no is 1/0, documents are JSON text.
import type { Generated, Insertable, Selectable } from 'kysely';
import type { ImportState } from '../../core/import-api.ts';
import type { PlayFindingKind } from '../../core/play-api.ts';
import type { ApprovalState } from '../../core/approval.ts';
import type { ApprovalWay, BasisType } from '../../core/approval-api.ts';
import type { ObjectionState, ObjectionType } from '../../core/objection-api.ts';
import type { CanaryState } from '../../core/canary.ts';
import type { FinalState } from '../../core/final-api.ts';
import type { HeldState } from '../../core/hold-api.ts';
import type { MediaKind } from '../../core/media-api.ts';
import type { AskedKind } from '../../core/settings-api.ts';
import type { ScheduledState } from '../../core/schedule-api.ts';
import type { AsideKind, PaperKind } from '../../core/scan-api.ts';
import type { Replacement } from '../../core/snapshot.ts';

type Flag = 0 | 1;

interface Settings {
  key: string;
  value: string;
}

/** Numbers that only grow: `screen`, `item`, `snapshot`, `targets`, `manifest:<channel>`. */
interface Counters {
  name: string;
  value: number;
}

interface Units {
  code: string;
  kind: string;
  name: string;
  level: string;
  valid_from: string;
  valid_to: string | null;
  /** Code of the unit above it. */
  parent: string | null;
}

interface Campaigns {
  id: string;
  /** `campaignSchema`. */
  document: string;
  current: Flag;
  updated_at: number;
  /** Grows with every change, whoever made it. */
  revision: Generated<number>;
  /** From then on the shipped file is left alone. */
  edited_by_staff: Generated<Flag>;
}

/** Changes of settings that a second person has to want too. At most one of a subject is open. */
interface AskedChanges {
  id: string;
  kind: AskedKind;
  subject: string;
  /** What stood when it was asked for, and what would stand: `campaignSchema`, `profileSchema`, the channel of a screen, the layers of a channel, or the rules and what they mean. */
  before: string;
  after: string;
  loosens: Flag;
  /** `basisSchema`, or null. */
  basis: string | null;
  asker: string;
  asker_name: string;
  asked_at: number;
  /** Null while it waits. */
  outcome: 'done' | 'dropped' | 'replaced' | null;
  settler_name: string | null;
  settled_at: number | null;
}

interface Channels {
  id: string;
  name: string;
  playlist: string;
  /** What its screens should play now. */
  manifest: string | null;
  /** `layerShareSchema` of each layer, that of its own playlist first; null where there is no other. */
  layers: string | null;
}

interface Playlists {
  id: string;
  name: string;
  kind: string;
  revision: number;
  published_revision: number | null;
  published_at: number | null;
  /** SHA-256 of the shipped file that was read last, taken or not. */
  file_sha256: string | null;
  edited_by_staff: Flag;
  problem: string | null;
  /** Id of the person whose draft the latest revision is; null for a shipped one. */
  keeper: string | null;
  /** When staff took it off the list; its history stays. */
  removed_at: number | null;
  /** Last day of each file as of the latest publish, a JSON object by hash: what is issued anew later shows nothing for longer. */
  published_days: Generated<string>;
}

/** One row for each item that ever was; its number is never used again. */
interface PlaylistItems {
  number: number;
  playlist: string;
  item: string;
  created_at: number;
}

interface PlaylistRevisions {
  playlist: string;
  revision: number;
  /** Name and items as of this revision, switched off ones included. */
  document: string;
  author: string;
  created_at: number;
  /** Id of whoever made it; null for what ships with the product, or was on the screens before a second person was asked for. */
  person: string | null;
}

/** What a second person was asked to approve. At most one of a playlist is `waiting` or `approved`. */
interface Approvals {
  id: string;
  playlist: string;
  revision: number;
  state: ApprovalState;
  digest: string;
  way: ApprovalWay;
  note: string;
  /** `basisSchema`, or null. */
  basis: string | null;
  /** `publishChangeSchema`, as the asker saw them. */
  changes: string;
  /** Names of the screens outdoors, a JSON list. */
  screens: string;
  asker: string;
  asker_name: string;
  asked_at: number;
  editor: string | null;
  editor_name: string | null;
  approver: string | null;
  approver_name: string | null;
  approved_at: number | null;
  /** Who brought it into its last state; null for the server itself. */
  settler: string | null;
  settler_name: string | null;
  settled_at: number | null;
  reason: string;
}

/** Every publish that people did. */
interface Publishes {
  id: Generated<number>;
  playlist: string;
  revision: number;
  at: number;
  person: string;
  author: string;
  approval: string | null;
  basis: string | null;
  /** `publishedSchema`'s channels. */
  issued: string;
}

/** Publishes at a set time. At most one of a playlist is `waiting`. */
interface ScheduledPublishes {
  id: string;
  playlist: string;
  revision: number;
  due_at: number;
  basis: string | null;
  person: string;
  author: string;
  created_at: number;
  state: ScheduledState;
  /** Of one that failed: what stood in its way, a JSON list of sentences. */
  why: Generated<string>;
  settled_at: number | null;
  /** From then on it is listed no more. */
  put_away_at: number | null;
}

/** Publishes to a few screens first. At most one of a playlist runs. */
interface Canaries {
  id: string;
  playlist: string;
  revision: number;
  /** JSON lists of ids. */
  channels: string;
  screens: string;
  minutes: number;
  auto: Flag;
  person: string;
  author: string;
  started_at: number;
  state: CanaryState;
  /** JSON list of sentences: why it stopped. */
  why: string;
  settler: string | null;
  settled_at: number | null;
}

/** Scans of documents, kept with the database and for staff only. */
interface BasisFiles {
  sha256: string;
  type: BasisType;
  bytes: Uint8Array;
  person: string;
  created_at: number;
}

/** Sentences that claim something, each found to be true by a person, on a document. */
interface Claims {
  /** Of the sentence. */
  sha256: string;
  /** `localTextSchema`. */
  text: string;
  /** `basisSchema`. */
  basis: string;
  person: string;
  author: string;
  confirmed_at: number;
}

interface Media {
  sha256: string;
  type: string;
  bytes: number;
  created_at: number;
}

/** What people brought in, by the bytes that screens get. */
interface Library {
  sha256: string;
  /** SHA-256 of the file as it was sent. */
  source: string;
  kind: MediaKind;
  width: number;
  height: number;
  seconds: number | null;
  poster: string | null;
  thumbnail: string;
  name: string;
  /** `localTextSchema`, or null. */
  alt: string | null;
  person: string;
  author: string;
  unit: string | null;
  created_at: number;
  expires_on: string | null;
  /** Names with slashes between them, such as `Tết/2025`; empty for none. */
  folder: Generated<string>;
}

/** Uploads under way; how much of each has arrived is the size of its file. */
interface Uploads {
  id: string;
  person: string;
  name: string;
  bytes: number;
  modified_at: number;
  created_at: number;
  /** Where its entry will be. */
  folder: Generated<string>;
}

interface Screens {
  id: string;
  number: number;
  name: string;
  place: string;
  unit: string | null;
  channel: string;
  profile: string;
  hours: string;
  trial: Flag;
  state: 'active' | 'revoked';
  public_key: string | null;
  paired_at: number | null;
  /** Of the assignment in force. */
  version: number;
  assignment: string | null;
  last_seen_at: number | null;
  /** Turns received so far. */
  plays: number;
  /** `healthReportSchema`, the latest one. */
  health: string | null;
  created_at: number;
  /** Whom to call about it: name and telephone. */
  contact: Generated<string>;
  /** Grows with what staff change. */
  revision: Generated<number>;
  /** JSON list. */
  tags: Generated<string>;
  /** `capabilitiesSchema`: what its player said of itself when it connected last; null before that. */
  capabilities: string | null;
  /** The channel that was chosen for this screen itself; null where the rules decide. */
  chosen_channel: string | null;
  /** The manifest that was issued for it first; null where it plays what its channel does. */
  canary: string | null;
  /** The organisation that runs it; empty where nobody has said. */
  operator: Generated<string>;
  /** `keptPinSchema`: of the technician in front of it; null before one was made. */
  pin: string | null;
}

/** What decided about a screen from an instant on: one row for each change. */
interface ScreenHistory {
  screen: string;
  since: number;
  /** `pastFactsSchema`. */
  facts: string;
}

interface Enrolments {
  secret_hash: string;
  screen: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

interface People {
  id: string;
  name: string;
  role: string;
  created_at: number;
  disabled: Flag;
  /** Unit to which the person's duty is limited. */
  unit: string | null;
  /** Name with which the person signs in, lower case. */
  login: string;
  /** Argon2id in PHC form; null until one is set. */
  password: string | null;
  /** Secret of the second factor in base 32; offered until `totp_since` says that it holds. */
  totp_secret: string | null;
  totp_since: number | null;
  /** Step of the code that was used last: none is taken twice. */
  totp_step: Generated<number>;
  /** How many passkeys the person has. */
  passkeys: Generated<number>;
  closed_at: number | null;
  /** Who took over when the account was closed. */
  heir: string | null;
}

interface Passkeys {
  /** Credential id, base64url. */
  id: string;
  person: string;
  name: string;
  /** Host for which it was made. */
  rp_id: string;
  /** COSE key, base64url. */
  public_key: string;
  counter: number;
  /** How the browser reaches it, a JSON list. */
  transports: string;
  created_at: number;
  used_at: number | null;
}

/** What passkeys are asked to sign; each is taken once. */
interface PasskeyChallenges {
  challenge: string;
  person: string;
  purpose: 'register' | 'prove';
  expires_at: number;
}

/** Who may approve in an approver's place, from the first day's midnight until that after the last. */
interface Deputies {
  id: string;
  person: string;
  deputy: string;
  first_day: string;
  last_day: string;
  starts_at: number;
  ends_at: number;
  reason: string;
  /** When it was ended sooner. */
  ended_at: number | null;
}

/** Append-only: an invitation, a link, another role, a second factor taken off. */
interface AccessGiven {
  id: Generated<number>;
  person: string;
  giver: string;
  at: number;
}

/** Codes that stand in for the telephone, each once. */
interface RecoveryCodes {
  hash: string;
  person: string;
  used_at: number | null;
}

/** Failed tries to sign in, by name or by address, and how long the next has to wait. */
interface SignInLocks {
  subject: string;
  failures: number;
  last_at: number;
  locked_until: number;
}

interface SignInLinks {
  secret_hash: string;
  person: string;
  expires_at: number;
  used_at: number | null;
}

interface Sessions {
  secret_hash: string;
  /** Names the session without opening it. */
  id: string;
  person: string;
  /** When its secret was made. */
  created_at: number;
  expires_at: number;
  /** When its person signed in. */
  started_at: number;
  seen_at: number;
  address: string;
  agent: string;
  via: 'link' | 'password';
}

interface ApiTokens {
  id: string;
  secret_hash: string;
  name: string;
  /** JSON list of `tokenScopes`. */
  scopes: string;
  person: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
  /** Unit to which it is limited. */
  unit: string | null;
}

interface Roots {
  sha256: string;
  number: number;
  envelope: string;
  issued_at: number;
}

interface Manifests {
  sha256: string;
  channel: string;
  version: number;
  /** Revision of the playlist that it carries; of the channel's own where there are several layers. */
  revision: number;
  /** Playlist and revision of each layer; null where there is one. */
  layers: string | null;
  /** JSON list of the screens for which alone it was issued; null for all of the channel. */
  only_for: string | null;
  envelope: string;
  issued_at: number;
  author: string;
}

/** The newest manifest of a channel that approvers have yet to sign; the one in force stays so meanwhile. */
interface AwaitedManifests {
  channel: string;
  sha256: string;
}

interface Assignments {
  sha256: string;
  screen: string;
  version: number;
  envelope: string;
  issued_at: number;
}

interface Snapshots {
  sha256: string;
  campaign: string;
  tree: string;
  /** One series for the whole server, so that numbers only grow for every screen. */
  number: number;
  sample: Flag;
  cut_off: number;
  issued_at: number;
  author: string;
  /** The import that it came from. */
  import: string | null;
  envelope: string;
  /** Number of the snapshot that its changes are measured against. */
  compared_to: Generated<number | null>;
  /** Number of the snapshot whose place it took, and how. */
  replaces: Generated<number | null>;
  how: Generated<Replacement | null>;
  /** Why, for everybody to read. */
  reason: Generated<string>;
}

interface Imports {
  id: string;
  file: string;
  state: ImportState;
  campaign: string;
  tree: string;
  sample: Flag;
  cut_off: number;
  created_at: number;
  expires_at: number;
  author: string;
  /** `importPreviewSchema`. */
  preview: string;
  /** Number of the snapshot that was current when the preview was made; 0 when none. */
  based_on_snapshot: number;
  /** Who sent it: `person:` or `token:` and the id; empty for those before senders were kept. */
  sender: Generated<string>;
  /** The table as it was read, while there are names in it that somebody has to explain. */
  raw: string | null;
  /** `saidHeadingSchema`, where a person said what the columns are. */
  heading: Generated<string | null>;
}

/** What a sender said of a heading that is in no usual spelling. */
interface HeadingChoices {
  sender: string;
  /** Its words, folded. */
  heading: string;
  columns: string;
  chosen_at: number;
}

/** What a sender meant by a name that fits several units. */
interface UnitChoicesMade {
  sender: string;
  tree: string;
  /** The name as it was written, lower case. */
  written: string;
  unit: string;
  chosen_at: number;
}

/** What was answered to a request that came with an idempotency key. */
interface KeyedAnswers {
  sender: string;
  key: string;
  /** SHA-256 over method, address and body. */
  request: string;
  /** JSON, as it was sent. */
  answer: string;
  answered_at: number;
}

/** Imports that were confirmed and do not stand by one person's word alone. A row is never deleted. */
interface HeldImports {
  import: string;
  state: HeldState;
  /** Number of the figures in force that it was compared with; 0 when there were none. */
  compared_with: number;
  /** `holdSchema`, a list: as it was asked for, and once it is released as the second person saw it. */
  holds: string;
  reason: string;
  /** Who confirmed, as `person:` or `token:` and the id. */
  asker: string;
  asker_name: string;
  asked_at: number;
  /** Ids of the people behind import and confirmation, a JSON list: none of them is the second person. */
  firsts: string;
  settler_name: string | null;
  settled_at: number | null;
  /** Why it was released, refused or withdrawn. */
  answer: Generated<string>;
  /** Number of the snapshot that it became. */
  snapshot: number | null;
  /** `basisSchema`, of one that corrects a final result. */
  basis: Generated<string | null>;
}

/** Files that people attach to objections, each person's own. */
interface ObjectionFiles {
  sha256: string;
  person: string;
  type: ObjectionType;
  bytes: Uint8Array;
  created_at: number;
}

/** One a unit; `''` for the city's own office. */
interface ReportTemplates {
  unit: string;
  name: string;
  bytes: Uint8Array;
  person_name: string;
  kept_at: number;
}

interface Objections {
  id: string;
  campaign: string;
  tree: string;
  /** Number of the snapshot. */
  snapshot: number;
  unit: string;
  state: ObjectionState;
  words: string;
  file: string;
  file_name: string;
  person: string;
  person_name: string;
  raised_at: number;
  settler_name: string | null;
  settled_at: number | null;
  answer: Generated<string>;
}

/** What units are to reach by the end of a phase; of lists for the same phase the last one counts. */
interface TargetLists {
  number: number;
  campaign: string;
  tree: string;
  start_date: string;
  end_date: string;
  /** `[{ unit, target }]`. */
  targets: string;
  /** `basisSchema`, or null. */
  basis: string | null;
  author: string;
  set_at: number;
}

/** Proposals to make figures the final result of a contest. */
interface FinalProposals {
  id: string;
  campaign: string;
  tree: string;
  /** Number of the figures that would be final. */
  number: number;
  state: FinalState;
  /** `basisSchema`. */
  basis: string;
  proposer: string;
  proposer_name: string;
  proposed_at: number;
  settler_name: string | null;
  settled_at: number | null;
  answer: Generated<string>;
  /** Number of the final result that it became. */
  snapshot: number | null;
}

/** Stops, solemn programmes, alerts and what ended them: one series of numbers, kept for ever. */
interface Orders {
  sha256: string;
  number: number;
  kind: string;
  envelope: string;
  issued_at: number;
  /** Later than `issued_at` when it waited for approvers' signatures. */
  sent_at: number;
  expires_at: number | null;
  /** Id and name of whoever issued it. */
  person: string;
  author: string;
  reason: string;
  basis: string;
  /** Document that ended it. */
  ended_by: string | null;
}

/** What waits for a second person. */
interface OrderRequests {
  id: string;
  what: 'alert' | 'end';
  order_number: number | null;
  /** Of an alert: what was asked, as JSON; of an end: the reason. */
  body: string;
  person: string;
  author: string;
  created_at: number;
  done_at: number | null;
  /** Of an alert that approvers sign: the document as it will be sent, with the signatures so far. */
  envelope: string | null;
}

interface Plays {
  screen: string;
  chain: string;
  seq: number;
  campaign: string;
  kind: 'open' | 'close' | 'note';
  at: number;
  clock_trusted: Flag;
  /** Of an `open`. */
  item: string | null;
  scene: string | null;
  manifest: string | null;
  /** Of a `close`: the entry that it closes, and how it ended. */
  opened: number | null;
  outcome: string | null;
  /** The entry's exact text. */
  entry: string;
  received_at: number;
}

/** Where a chain of a screen was last said to end. */
interface PlayAnchors {
  screen: string;
  chain: string;
  seq: number;
  hash: string;
  heard_at: number;
}

/** Append-only: what contradicts what was received or anchored before. */
interface PlayFindings {
  id: Generated<number>;
  screen: string;
  chain: string;
  seq: number;
  kind: PlayFindingKind;
  expected: string | null;
  offered: string | null;
  found_at: number;
}

interface Captures {
  screen: string;
  taken_at: number;
  received_at: number;
  sha256: string;
  jpeg: Uint8Array;
}

/** What came of holding pictures of screens against what should have been on. */
interface CaptureChecks {
  screen: string;
  taken_at: number;
  /** Number of the item that should have been on. */
  item: number;
  same: Flag;
  /** In thousandths: 0 for the same motif, about 1,000 for another. */
  distance: number;
}

interface Scans {
  id: Generated<number>;
  campaign: string;
  owner: number;
  item: number;
  at: number;
  platform: string;
  /** The first opening of this code by this device on that day, as far as the day's hash can tell. */
  new_device: Flag;
  /** Whether the screen was showing the code; null while its plays are not in yet. Paper always shows its own. */
  shown: Flag | null;
}

/** What scans added up to by the hour, of those that are no longer kept one by one. */
interface ScanHours {
  campaign: string;
  owner: number;
  item: number;
  hour: number;
  /** Whether the screen was showing the code; -1 where that was never known. */
  shown: Flag | -1;
  count: number;
  devices: number;
}

/** What is counted apart from scans, by the hour. */
interface ScanAsides {
  campaign: string;
  owner: number;
  item: number;
  hour: number;
  kind: AsideKind;
  count: number;
}

/** The salt of the day, and no other: with it goes the last way from a hash to a device. */
interface ScanDays {
  day: string;
  salt: string;
}

/** Devices seen today, each by a hash that holds for one code. */
interface ScanDevices {
  hash: string;
  day: string;
  seen_at: number;
}

/** Codes on paper. Their owners come from the series of the screens' numbers. */
interface Placements {
  owner: number;
  campaign: string;
  kind: PaperKind;
  name: string;
  place: string;
  unit: string | null;
  created_at: number;
  author: string;
  /** From when on it is no longer handed out; its code answers all the same. */
  ended_at: number | null;
}

/** What turns add up to; a skipped one is no turn on air, an interrupted one is. */
interface TurnCounts {
  turns: number;
  ms: number;
  interrupted: number;
  skipped: number;
  untrusted: number;
}

/** Turns of an item on a screen, by the hour in which each began. Item 0 has no number. */
interface AirTime extends TurnCounts {
  screen: string;
  item: number;
  campaign: string;
  hour: number;
}

/** The same by local day. */
interface AirDays extends TurnCounts {
  screen: string;
  item: number;
  campaign: string;
  day: string;
}

/** Why turns were interrupted or skipped, by local day. */
interface PlayFaults {
  screen: string;
  item: number;
  campaign: string;
  day: string;
  outcome: 'interrupted' | 'skipped';
  reason: string;
  count: number;
}

/** Append-only: the database itself refuses to change or delete a row. */
interface Audit {
  id: Generated<number>;
  at: number;
  who: string;
  what: string;
  subject: string;
  before: string | null;
  after: string | null;
  /** Over this entry and the hash of the one before. */
  hash: string | null;
}

export interface Database {
  settings: Settings;
  counters: Counters;
  units: Units;
  campaigns: Campaigns;
  asked_changes: AskedChanges;
  channels: Channels;
  playlists: Playlists;
  playlist_items: PlaylistItems;
  playlist_revisions: PlaylistRevisions;
  approvals: Approvals;
  publishes: Publishes;
  scheduled_publishes: ScheduledPublishes;
  canaries: Canaries;
  basis_files: BasisFiles;
  claims: Claims;
  media: Media;
  library: Library;
  uploads: Uploads;
  screens: Screens;
  enrolments: Enrolments;
  people: People;
  sign_in_links: SignInLinks;
  access_given: AccessGiven;
  passkeys: Passkeys;
  deputies: Deputies;
  passkey_challenges: PasskeyChallenges;
  recovery_codes: RecoveryCodes;
  sign_in_locks: SignInLocks;
  sessions: Sessions;
  api_tokens: ApiTokens;
  roots: Roots;
  manifests: Manifests;
  awaited_manifests: AwaitedManifests;
  assignments: Assignments;
  screen_history: ScreenHistory;
  snapshots: Snapshots;
  imports: Imports;
  held_imports: HeldImports;
  final_proposals: FinalProposals;
  objection_files: ObjectionFiles;
  objections: Objections;
  report_templates: ReportTemplates;
  target_lists: TargetLists;
  unit_choices: UnitChoicesMade;
  heading_choices: HeadingChoices;
  keyed_answers: KeyedAnswers;
  orders: Orders;
  order_requests: OrderRequests;
  plays: Plays;
  play_anchors: PlayAnchors;
  play_findings: PlayFindings;
  captures: Captures;
  capture_checks: CaptureChecks;
  scans: Scans;
  scan_hours: ScanHours;
  scan_asides: ScanAsides;
  scan_days: ScanDays;
  scan_devices: ScanDevices;
  placements: Placements;
  air_time: AirTime;
  /** Of the sums by the hour: what was added up from plays that are kept no longer. */
  air_gone: AirTime;
  air_days: AirDays;
  play_faults: PlayFaults;
  audit: Audit;
}

export type Row<Table extends keyof Database> = Selectable<Database[Table]>;
export type NewRow<Table extends keyof Database> = Insertable<Database[Table]>;
