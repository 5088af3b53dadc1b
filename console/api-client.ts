// The console's only way to the server: every answer is parsed by its schema, every failure is a value.
import { z } from 'zod';
import { importPreviewSchema, scoreboardViewSchema, type confirmSchema, type UnitChoices, importPaths } from '../core/import-api.ts';
import { playlistViewSchema, itemFindingSchema, publishedSchema, playlistPaths } from '../core/playlist-api.ts';
import {
  changedScreenSchema,
  commandResultSchema,
  enrolmentTokenSchema,
  pairedSchema,
  screenPinSchema,
  screenViewSchema,
  type changeScreenSchema,
  type newScreenSchema,
  screenPaths,
} from '../core/screen-api.ts';
import { createdTokenSchema, tokenViewSchema, type newTokenSchema, tokenPaths } from '../core/token-api.ts';
import {
  approvalPaths,
  approvalViewSchema,
  basisFileSchema,
  publishingSchema,
  publishRecordSchema,
  type askApprovalSchema,
  type Basis,
} from '../core/approval-api.ts';
import { canaryAnswerSchema, canaryPaths, type newCanarySchema } from '../core/canary.ts';
import { heldAnswerSchema, heldListSchema, heldViewSchema, holdPaths } from '../core/hold-api.ts';
import { deputiesSchema, deputyPaths, type nameDeputySchema } from '../core/deputy-api.ts';
import { finalPaths, finalViewSchema } from '../core/final-api.ts';
import { objectionFileSchema, objectionListSchema, objectionPaths, objectionViewSchema, type raiseObjectionSchema } from '../core/objection-api.ts';
import { sourcePaths, sourceViewSchema, type setSourceSchema } from '../core/source-api.ts';
import { targetFileSchema, targetPaths, targetsViewSchema, type setTargetsSchema } from '../core/target-api.ts';
import { boardPaths, confirmedSchema, historySchema, issuedSchema } from '../core/board-api.ts';
import { mediaEntrySchema, mediaPaths, uploadSchema, type describeMediaSchema, type MediaKind, type newUploadSchema } from '../core/media-api.ts';
import {
  orderAnswerSchema,
  orderPaths,
  orderScreenSchema,
  ordersViewSchema,
  orderViewSchema,
  reachAnswerSchema,
  type newAlertSchema,
  type newSolemnSchema,
  type newStopSchema,
} from '../core/order-api.ts';
import type { Target } from '../core/orders.ts';
import {
  factorAddedSchema,
  invitedSchema,
  meSchema,
  peoplePaths,
  personLinkSchema,
  personViewSchema,
  recoveryCodesSchema,
  secondFactorOfferSchema,
  sessionViewSchema,
  unitChoiceSchema,
  type changePersonSchema,
  type newPasswordSchema,
  type newPersonSchema,
  type Proof,
  type SignIn,
} from '../core/people-api.ts';
import {
  assertionOptionsSchema,
  passkeyListSchema,
  passkeyPaths,
  registrationOptionsSchema,
  type addPasskeySchema,
  type Assertion,
} from '../core/passkey-api.ts';
import type { newPlaylistSchema, SentItem } from '../core/playlist-draft.ts';
import { manifestSchema } from '../core/manifest.ts';
import { outlookSchema, programmePaths, programmeViewSchema } from '../core/programme-api.ts';
import { playerPaths, type CommandKind } from '../core/protocol.ts';
import { revisionPaths, revisionSchema, takenBackSchema } from '../core/revision-api.ts';
import { scheduledSchema, schedulePaths } from '../core/schedule-api.ts';
import { batchAnswerSchema, batchPaths } from '../core/batch-api.ts';
import {
  channelPaths,
  channelSchema,
  channelsViewSchema,
  copiedChannelsSchema,
  layeredSchema,
  ruledSchema,
  type copyChannelsSchema,
} from '../core/channel-api.ts';
import type { ChannelRule } from '../core/channel-rules.ts';
import type { LayerShare } from '../core/layers.ts';
import { checkPaths, readinessSchema } from '../core/publish-checks.ts';
import { campaignsPath, campaignsViewSchema, type nextCampaignSchema } from '../core/campaigns-api.ts';
import { askedChangeSchema, campaignViewSchema, settingsPaths, type changeCampaignSchema } from '../core/settings-api.ts';
import { awaitedViewSchema, signaturePaths } from '../core/signature-api.ts';
import { envelopeSchema } from '../core/signed.ts';
import { capAnswerSchema, capPaths, capPreviewSchema, type capSendSchema, type capTrySchema } from '../core/cap-api.ts';
import { displayReportSchema, letterheadSchema, reportPaths, templateViewSchema, type Letterhead } from '../core/report-api.ts';
import type { HeadingChoice } from './scoreboard/heading-choice.ts';
import {
  newPlacementAnswerSchema,
  scanHostAnswerSchema,
  scanHourSchema,
  scanPaths,
  scanReportSchema,
  type newPlacementSchema,
  type newScanHostSchema,
} from '../core/scan-api.ts';

export type ApiFailure =
  /** The server said no, in its own words. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly vi: string; readonly en: string; readonly details: unknown }
  | { readonly kind: 'unreachable' }
  /** The answer is not what the contract says. */
  | { readonly kind: 'unexpected'; readonly status: number; readonly detail: string };
export type ApiResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ApiFailure };

const refusalSchema = z.object({ error: z.object({ code: z.string(), vi: z.string(), en: z.string(), details: z.unknown().optional() }) });
/** A signed manifest as the server hands it out; the console asks the server that signed it, so it reads the payload alone. */
const carriedManifestSchema = envelopeSchema.transform(({ payload }): unknown => JSON.parse(payload)).pipe(manifestSchema);
const nothing = z.unknown().transform(() => undefined);

type Fetch = (path: string, init: RequestInit) => Promise<Response>;
type Body = { readonly json: unknown } | { readonly file: Blob; readonly type: string } | undefined;

function requestOf(method: string, body: Body): RequestInit {
  if (body === undefined) return { method, headers: { accept: 'application/json' } };
  if ('file' in body) return { method, headers: { accept: 'application/json', 'content-type': body.type }, body: body.file };
  return { method, headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body.json) };
}

async function read<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<ApiResult<z.output<Schema>>> {
  const text = await response.text();
  let json: unknown;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    return { ok: false, failure: { kind: 'unexpected', status: response.status, detail: 'not JSON' } };
  }
  if (!response.ok) {
    const refusal = refusalSchema.safeParse(json);
    if (!refusal.success) return { ok: false, failure: { kind: 'unexpected', status: response.status, detail: response.statusText } };
    const { code, vi, en, details } = refusal.data.error;
    return { ok: false, failure: { kind: 'refused', status: response.status, code, vi, en, details } };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { ok: false, failure: { kind: 'unexpected', status: response.status, detail: z.prettifyError(parsed.error) } };
  return { ok: true, value: parsed.data };
}

/** What a file upload says of itself: when its books were closed (ISO 8601 with offset) and whether its figures are made up. */
export interface UploadFacts {
  readonly cutOff: string;
  readonly sample: boolean;
  /** Number of the snapshot in force that these figures put right. */
  readonly corrects?: number | undefined;
  /** Of a workbook, where it is not the first one with a table. */
  readonly sheet?: string | undefined;
  /** Where its heading is in no usual spelling. */
  readonly heading?: HeadingChoice | undefined;
}

function uploadPath(file: File, { cutOff, sample, corrects, sheet, heading }: UploadFacts): string {
  const query = new URLSearchParams({ cutOff, sample: String(sample), file: file.name.slice(0, 200) });
  if (corrects !== undefined) query.set('corrects', String(corrects));
  if (sheet !== undefined) query.set('sheet', sheet);
  if (heading !== undefined) {
    query.set('headingLine', String(heading.line));
    for (const [role, column] of Object.entries(heading.columns)) query.set(`${role}Column`, String(column));
  }
  return `${importPaths.imports}?${query.toString()}`;
}

/** @param onAnswer sees every answer before it is read, such as for the server's clock and a session that ended */
export function createApi(fetch: Fetch, onAnswer: (response: Response) => void = () => undefined) {
  const changes = new Set<Promise<Response>>();

  /** A change of what protects the account, and each half day, gives the session a new secret. What was asked with the old one meanwhile is asked once more before anybody is told to sign in again. */
  async function ask(method: string, path: string, init: RequestInit): Promise<Response> {
    const asked = fetch(path, init);
    if (method !== 'GET') {
      changes.add(asked);
      return asked.finally(() => changes.delete(asked));
    }
    const response = await asked;
    if (response.status !== 401) return response;
    await Promise.allSettled(changes);
    return fetch(path, init);
  }

  async function call<Schema extends z.ZodType>(method: string, path: string, schema: Schema, body?: Body): Promise<ApiResult<z.output<Schema>>> {
    try {
      const response = await ask(method, path, requestOf(method, body));
      onAnswer(response);
      return await read(response, schema);
    } catch {
      // fetch and text() reject only when the connection fails.
      return { ok: false, failure: { kind: 'unreachable' } };
    }
  }

  return {
    signIn: (by: SignIn) => call('POST', peoplePaths.session, meSchema, { json: by }),
    me: () => call('GET', peoplePaths.session, meSchema),
    signOut: () => call('DELETE', peoplePaths.session, nothing),
    setPassword: (password: z.input<typeof newPasswordSchema>) => call('PUT', peoplePaths.password, meSchema, { json: password }),
    offerCodes: (proof: Proof | undefined) => call('POST', peoplePaths.secondFactor, secondFactorOfferSchema, { json: { proof } }),
    switchCodesOn: (code: string) => call('PUT', peoplePaths.secondFactor, factorAddedSchema, { json: { code } }),
    switchCodesOff: (proof: Proof) => call('POST', peoplePaths.secondFactorOff, meSchema, { json: proof }),
    newRecoveryCodes: (proof: Proof) => call('POST', peoplePaths.recoveryCodes, recoveryCodesSchema, { json: proof }),
    passkeys: () => call('GET', passkeyPaths.passkeys, passkeyListSchema),
    offerPasskey: (proof: Proof | undefined) => call('POST', passkeyPaths.offer, registrationOptionsSchema, { json: { proof } }),
    addPasskey: (passkey: z.input<typeof addPasskeySchema>) => call('POST', passkeyPaths.passkeys, factorAddedSchema, { json: passkey }),
    askPasskey: () => call('POST', passkeyPaths.challenge, assertionOptionsSchema),
    removePasskey: (id: string, proof: Proof) => call('POST', passkeyPaths.remove(id), passkeyListSchema, { json: proof }),
    deputies: () => call('GET', deputyPaths.deputies, deputiesSchema),
    nameDeputy: (deputy: z.input<typeof nameDeputySchema>) => call('POST', deputyPaths.deputies, deputiesSchema, { json: deputy }),
    endDeputy: (id: string) => call('POST', deputyPaths.end(id), deputiesSchema),
    ownSessions: () => call('GET', peoplePaths.ownSessions, z.array(sessionViewSchema)),
    endOwnSession: (id: string) => call('DELETE', peoplePaths.ownSession(id), nothing),
    endOtherSessions: () => call('DELETE', peoplePaths.ownSessions, nothing),
    people: () => call('GET', peoplePaths.people, z.array(personViewSchema)),
    units: () => call('GET', peoplePaths.units, z.array(unitChoiceSchema)),
    invite: (person: z.input<typeof newPersonSchema>) => call('POST', peoplePaths.people, invitedSchema, { json: person }),
    changePerson: (id: string, person: z.input<typeof changePersonSchema>) => call('PUT', peoplePaths.person(id), personViewSchema, { json: person }),
    newLink: (id: string) => call('POST', peoplePaths.link(id), personLinkSchema),
    closePerson: (id: string, heir: string | null) => call('POST', peoplePaths.close(id), personViewSchema, { json: { heir } }),
    forgetSecondFactor: (id: string) => call('DELETE', peoplePaths.personSecondFactor(id), nothing),
    sessionsOf: (id: string) => call('GET', peoplePaths.sessions(id), z.array(sessionViewSchema)),
    endSessionsOf: (id: string) => call('DELETE', peoplePaths.sessions(id), nothing),
    screens: () => call('GET', screenPaths.screens, z.array(screenViewSchema)),
    addScreen: (screen: z.input<typeof newScreenSchema>) => call('POST', screenPaths.screens, screenViewSchema, { json: screen }),
    changeScreen: (id: string, change: z.input<typeof changeScreenSchema>) => call('PUT', screenPaths.screen(id), changedScreenSchema, { json: change }),
    screenPin: (id: string) => call('GET', screenPaths.screenPin(id), screenPinSchema),
    newScreenPin: (id: string) => call('POST', screenPaths.screenPin(id), screenPinSchema),
    revokeScreen: (id: string, reason: string) => call('POST', screenPaths.revoke(id), screenViewSchema, { json: { reason } }),
    restoreScreen: (id: string, reason: string) => call('POST', screenPaths.restore(id), screenViewSchema, { json: { reason } }),
    /** @param at ISO 8601 with offset; now when absent */
    programme: (screen: string, at?: string) =>
      call('GET', `${programmePaths.programme(screen)}${at === undefined ? '' : `?at=${encodeURIComponent(at)}`}`, programmeViewSchema),
    outlook: () => call('GET', programmePaths.outlook, outlookSchema),
    batch: (csv: string, confirm: boolean) => call('POST', batchPaths.batch, batchAnswerSchema, { json: { csv, confirm } }),
    channels: () => call('GET', channelPaths.channels, channelsViewSchema),
    addChannel: (name: string, playlist: string) => call('POST', channelPaths.channels, channelSchema, { json: { name, playlist } }),
    copyChannels: (copy: z.input<typeof copyChannelsSchema>) => call('POST', channelPaths.copies, copiedChannelsSchema, { json: copy }),
    deleteChannel: (id: string) => call('DELETE', channelPaths.channel(id), nothing),
    putLayers: (id: string, began: readonly LayerShare[], layers: readonly LayerShare[]) =>
      call('PUT', channelPaths.layers(id), layeredSchema, { json: { began, layers } }),
    putChannelRules: (revision: number, rules: readonly ChannelRule[]) => call('PUT', channelPaths.rules, ruledSchema, { json: { revision, rules } }),
    setScreenChannel: (id: string, channel: string | null) => call('PUT', channelPaths.ofScreen(id), changedScreenSchema, { json: { channel } }),
    campaign: () => call('GET', settingsPaths.campaign, campaignViewSchema),
    changeCampaign: (change: z.input<typeof changeCampaignSchema>) => call('PUT', settingsPaths.campaign, campaignViewSchema, { json: change }),
    campaigns: () => call('GET', campaignsPath, campaignsViewSchema),
    askNextCampaign: (next: z.input<typeof nextCampaignSchema>) => call('POST', campaignsPath, campaignsViewSchema, { json: next }),
    askedChanges: () => call('GET', settingsPaths.asked, z.array(askedChangeSchema)),
    confirmChange: (id: string, digest: string) => call('POST', settingsPaths.confirm(id), z.array(askedChangeSchema), { json: { digest } }),
    dropChange: (id: string) => call('DELETE', settingsPaths.drop(id), z.array(askedChangeSchema)),
    pair: (code: string, screen: string, confirm: boolean) => call('POST', screenPaths.pair, pairedSchema, { json: { code, screen, confirm } }),
    enrol: (screen: string) => call('POST', screenPaths.enrolment(screen), enrolmentTokenSchema),
    takeCapture: (screen: string) => call('POST', screenPaths.capture(screen), nothing),
    command: (screen: string, kind: CommandKind, id: string) => call('POST', screenPaths.commands(screen), commandResultSchema, { json: { id, kind } }),
    playlists: () => call('GET', playlistPaths.playlists, z.array(playlistViewSchema)),
    playlist: (id: string) => call('GET', playlistPaths.playlist(id), playlistViewSchema),
    changePlaylist: (id: string, change: { readonly revision: number; readonly name?: string; readonly items: readonly SentItem[] }) =>
      call('PUT', playlistPaths.playlist(id), playlistViewSchema, { json: change }),
    addPlaylist: (playlist: z.input<typeof newPlaylistSchema>) => call('POST', playlistPaths.playlists, playlistViewSchema, { json: playlist }),
    deletePlaylist: (id: string) => call('DELETE', playlistPaths.playlist(id), nothing),
    manifest: (sha256: string) => call('GET', playerPaths.manifest(sha256), carriedManifestSchema),
    findings: (id: string) => call('GET', playlistPaths.findings(id), itemFindingSchema.array()),
    publish: (id: string, revision: number, basis?: Basis) => call('POST', playlistPaths.publish(id), publishedSchema, { json: { revision, basis } }),
    publishing: (id: string) => call('GET', approvalPaths.publishing(id), publishingSchema),
    publishes: (id: string) => call('GET', approvalPaths.publishes(id), z.array(publishRecordSchema)),
    canary: (id: string) => call('GET', canaryPaths.canary(id), canaryAnswerSchema),
    startCanary: (id: string, wish: z.input<typeof newCanarySchema>) => call('POST', canaryPaths.canary(id), canaryAnswerSchema, { json: wish }),
    goOnCanary: (id: string) => call('POST', canaryPaths.goOn(id), canaryAnswerSchema),
    stopCanary: (id: string) => call('POST', canaryPaths.stop(id), canaryAnswerSchema),
    schedules: () => call('GET', schedulePaths.list, z.array(scheduledSchema)),
    setSchedule: (id: string, revision: number, at: number) => call('POST', schedulePaths.schedule(id), z.array(scheduledSchema), { json: { revision, at } }),
    cancelSchedule: (id: string) => call('DELETE', schedulePaths.schedule(id), z.array(scheduledSchema)),
    revision: (id: string, revision: number) => call('GET', revisionPaths.revision(id, revision), revisionSchema),
    takeBack: (id: string, of: number, revision: number) => call('POST', revisionPaths.takeBack(id, of), takenBackSchema, { json: { revision } }),
    readiness: (id: string) => call('GET', checkPaths.checks(id), readinessSchema),
    confirmClaim: (id: string, sha256: string, basis: Basis) => call('PUT', checkPaths.claim(id, sha256), readinessSchema, { json: { basis } }),
    approvals: () => call('GET', approvalPaths.approvals, z.array(approvalViewSchema)),
    askApproval: (id: string, ask: z.input<typeof askApprovalSchema>) => call('POST', approvalPaths.ask(id), publishingSchema, { json: ask }),
    approve: (id: string, approval: string, digest: string) => call('POST', approvalPaths.approve(id, approval), publishingSchema, { json: { digest } }),
    reject: (id: string, approval: string, reason: string) => call('POST', approvalPaths.reject(id, approval), publishingSchema, { json: { reason } }),
    withdrawApproval: (id: string, approval: string) => call('POST', approvalPaths.withdraw(id, approval), publishingSchema),
    signatures: () => call('GET', signaturePaths.list, z.array(awaitedViewSchema)),
    offerSignature: (sha256: string) => call('POST', signaturePaths.offer(sha256), assertionOptionsSchema),
    sign: (sha256: string, assertion: Assertion) => call('POST', signaturePaths.sign(sha256), z.array(awaitedViewSchema), { json: { assertion } }),
    keepBasisFile: (file: Blob) => call('POST', approvalPaths.basisFiles, basisFileSchema, { file, type: 'application/octet-stream' }),
    orders: () => call('GET', orderPaths.orders, ordersViewSchema),
    orderScreens: (order: number) => call('GET', orderPaths.screens(order), z.array(orderScreenSchema)),
    reach: (target: Target) => call('POST', orderPaths.reach, reachAnswerSchema, { json: { target } }),
    stop: (stop: z.input<typeof newStopSchema>) => call('POST', orderPaths.stops, orderViewSchema, { json: stop }),
    solemn: (solemn: z.input<typeof newSolemnSchema>) => call('POST', orderPaths.solemn, orderViewSchema, { json: solemn }),
    alert: (alert: z.input<typeof newAlertSchema>) => call('POST', orderPaths.alerts, orderAnswerSchema, { json: alert }),
    tryCap: (message: z.input<typeof capTrySchema>) => call('POST', capPaths.read, capPreviewSchema, { json: message }),
    sendCap: (message: z.input<typeof capSendSchema>) => call('POST', capPaths.send, capAnswerSchema, { json: message }),
    confirmAlert: (request: string, word: string) => call('POST', orderPaths.confirm(request), orderViewSchema, { json: { confirm: word } }),
    withdrawAlert: (request: string) => call('DELETE', orderPaths.request(request), nothing),
    endOrder: (order: number, reason: string) => call('POST', orderPaths.end(order), orderAnswerSchema, { json: { reason } }),
    displayReport: (query: Readonly<Record<string, string>>) =>
      call('GET', `${reportPaths.display}?${new URLSearchParams(query).toString()}`, displayReportSchema),
    letterhead: () => call('GET', reportPaths.letterhead, letterheadSchema),
    setLetterhead: (letterhead: Letterhead) => call('PUT', reportPaths.letterhead, letterheadSchema, { json: letterhead }),
    reportTemplate: () => call('GET', reportPaths.template, templateViewSchema),
    sendReportTemplate: (file: File) =>
      call('PUT', `${reportPaths.template}?file=${encodeURIComponent(file.name)}`, templateViewSchema, { file, type: 'application/octet-stream' }),
    dropReportTemplate: () => call('DELETE', reportPaths.template, templateViewSchema),
    scans: (asked: Readonly<Record<string, string>>) => call('GET', `${scanPaths.report}?${new URLSearchParams(asked).toString()}`, scanReportSchema),
    scanHours: (code: string, asked: Readonly<Record<string, string>>) =>
      call('GET', `${scanPaths.hours(code)}?${new URLSearchParams(asked).toString()}`, z.array(scanHourSchema)),
    setScanHost: (host: z.input<typeof newScanHostSchema>) => call('PUT', scanPaths.host, scanHostAnswerSchema, { json: host }),
    addPaper: (paper: z.input<typeof newPlacementSchema>) => call('POST', scanPaths.placements, newPlacementAnswerSchema, { json: paper }),
    endPaper: (owner: number) => call('DELETE', scanPaths.placement(owner), nothing),
    media: (kind?: MediaKind) => call('GET', kind === undefined ? mediaPaths.media : `${mediaPaths.media}?kind=${kind}`, z.array(mediaEntrySchema)),
    describeMedia: (sha256: string, words: z.input<typeof describeMediaSchema>) => call('PUT', mediaPaths.entry(sha256), mediaEntrySchema, { json: words }),
    deleteMedia: (sha256: string) => call('DELETE', mediaPaths.entry(sha256), nothing),
    announceUpload: (file: z.input<typeof newUploadSchema>) => call('POST', mediaPaths.uploads, uploadSchema, { json: file }),
    sendPart: (id: string, offset: number, part: Blob) =>
      call('PUT', `${mediaPaths.upload(id)}?offset=${offset}`, uploadSchema, { file: part, type: 'application/octet-stream' }),
    uploadState: (id: string) => call('GET', mediaPaths.upload(id), uploadSchema),
    finishUpload: (id: string) => call('POST', mediaPaths.finish(id), z.union([mediaEntrySchema, uploadSchema])),
    dropUpload: (id: string) => call('DELETE', mediaPaths.upload(id), nothing),
    scoreboard: () => call('GET', importPaths.scoreboard, scoreboardViewSchema),
    preview: (file: File, facts: UploadFacts) => call('POST', uploadPath(file, facts), importPreviewSchema, { file, type: 'text/csv' }),
    confirm: (id: string, body: z.input<typeof confirmSchema>) => call('POST', importPaths.confirm(id), confirmedSchema.or(heldAnswerSchema), { json: body }),
    chooseUnits: (id: string, choices: UnitChoices) => call('POST', importPaths.choose(id), importPreviewSchema, { json: { choices } }),
    held: () => call('GET', holdPaths.list, heldListSchema),
    releaseHeld: (id: string, digest: string, reason: string) => call('POST', holdPaths.release(id), issuedSchema, { json: { digest, reason } }),
    refuseHeld: (id: string, reason: string) => call('POST', holdPaths.refuse(id), heldViewSchema, { json: { reason } }),
    withdrawHeld: (id: string) => call('POST', holdPaths.withdraw(id), heldViewSchema),
    finalResult: () => call('GET', finalPaths.view, finalViewSchema),
    proposeFinal: (number: number, basis: Basis) => call('POST', finalPaths.view, finalViewSchema, { json: { number, basis } }),
    confirmFinal: (id: string, digest: string) => call('POST', finalPaths.confirm(id), issuedSchema, { json: { digest } }),
    refuseFinal: (id: string, reason: string) => call('POST', finalPaths.refuse(id), finalViewSchema, { json: { reason } }),
    withdrawFinal: (id: string) => call('POST', finalPaths.withdraw(id), finalViewSchema),
    objections: () => call('GET', objectionPaths.list, objectionListSchema),
    sendObjectionFile: (file: File) => call('POST', objectionPaths.files, objectionFileSchema, { file, type: 'application/octet-stream' }),
    raiseObjection: (objection: z.input<typeof raiseObjectionSchema>) => call('POST', objectionPaths.list, objectionViewSchema, { json: objection }),
    answerObjection: (id: string, accept: boolean, answer: string) =>
      call('POST', objectionPaths.answer(id), objectionViewSchema, { json: { accept, answer } }),
    withdrawObjection: (id: string) => call('POST', objectionPaths.withdraw(id), objectionViewSchema),
    source: () => call('GET', sourcePaths.source, sourceViewSchema),
    setSource: (source: z.input<typeof setSourceSchema>) => call('PUT', sourcePaths.source, sourceViewSchema, { json: source }),
    endSource: () => call('DELETE', sourcePaths.source, sourceViewSchema),
    pullSource: () => call('POST', sourcePaths.pull, sourceViewSchema),
    targets: () => call('GET', targetPaths.targets, targetsViewSchema),
    readTargets: (file: File) =>
      call('POST', `${targetPaths.read}?file=${encodeURIComponent(file.name)}`, targetFileSchema, { file, type: 'application/octet-stream' }),
    setTargets: (targets: z.input<typeof setTargetsSchema>) => call('PUT', targetPaths.targets, targetsViewSchema, { json: targets }),
    history: () => call('GET', boardPaths.history, historySchema),
    withdraw: (number: number, reason: string) => call('POST', boardPaths.withdraw(number), issuedSchema, { json: { reason } }),
    undoImport: (id: string) => call('POST', boardPaths.undo(id), issuedSchema),
    tokens: () => call('GET', tokenPaths.tokens, z.array(tokenViewSchema)),
    addToken: (token: z.input<typeof newTokenSchema>) => call('POST', tokenPaths.tokens, createdTokenSchema, { json: token }),
    revokeToken: (id: string) => call('DELETE', tokenPaths.token(id), nothing),
  };
}
export type Api = ReturnType<typeof createApi>;
