// The program behind one screen, without any window: puts its parts together and keeps something right on the screen, whatever fails.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FromStage, PairingCard } from '../core/bridge.ts';
import type { HealthReport } from '../core/health.ts';
import { instantSchema } from '../core/primitives.ts';
import type { Profile } from '../core/profile.ts';
import { backoff } from './backoff.ts';
import { checkAfterStart } from './boot-check.ts';
import { followBoxFacts } from './box-facts.ts';
import { startBrightness } from './brightness.ts';
import { startCaptures } from './captures.ts';
import { openCommands, type Commands } from './commands.ts';
import { recordCovered } from './covered-plays.ts';
import { startCovering } from './covering.ts';
import { startDiskCare } from './disk-care.ts';
import { startDocumentSync } from './document-sync.ts';
import { assertions } from './assertions.ts';
import { verifySignature } from './ed25519.ts';
import { loadFactory } from './factory.ts';
import { openFileStore } from './file-store.ts';
import { applyWishes } from './first-binding.ts';
import { openHasher } from './hasher.ts';
import { healthOf } from './health.ts';
import { openHoldings } from './holdings.ts';
import { openIdentity } from './identity.ts';
import { openIncidents } from './incidents.ts';
import { openJournal, type Journal, type Stamp } from './journal.ts';
import { sendLog } from './log-upload.ts';
import { faultText, type Log } from './log.ts';
import { every, machineClock, type MachineClock } from './machine-clock.ts';
import { startOrderSync } from './order-sync.ts';
import { openOrders } from './orders.ts';
import { ownAddresses } from './own-addresses.ts';
import { paced } from './paced.ts';
import { careForPage, type PageCare } from './page-care.ts';
import { watchPage, type PageWatch } from './page-watch.ts';
import { startPatrol, type PatrolOptions } from './patrol.ts';
import { startPlayRecorder } from './play-recorder.ts';
import { startPlayUpload } from './play-upload.ts';
import { startPlayout } from './playout.ts';
import { startProving } from './proving.ts';
import { openQuarantine } from './quarantine.ts';
import type { PinnedRoot } from './root-pin.ts';
import { watchUse } from './screen-use.ts';
import { startServerClock } from './server-clock.ts';
import { startSession } from './session.ts';
import { signedWordsOf } from './signed-words.ts';
import type { PlayerForShell, Shell } from './shell.ts';
import { countShortRuns } from './short-runs.ts';
import { openStageHub } from './stage-hub.ts';
import { askForSpeck } from './speck.ts';
import { startStaging } from './staging.ts';
import { openTechnician } from './technician.ts';
import { openTestCard } from './test-card.ts';
import { openTwoCopies } from './two-copies.ts';
import type { Refusal } from './verdict.ts';
import { openWarnings } from './warnings.ts';

export interface PlayerOptions {
  readonly dataDir: string;
  /** Enrolment token, for the first start. */
  readonly enrol?: string | undefined;
  /** Address of the server, where no token carries it. */
  readonly server?: string | undefined;
  /** What the screen is until a server says otherwise. */
  readonly factoryProfile: Profile;
  readonly playlistsDir: string;
  readonly assetsDir: string;
  readonly version: string;
  /** Most that all media files together may take on the disk, as far as manifests allow. */
  readonly budgetBytes?: number | undefined;
  /** Path of the program that sets the brightness of the wall's controller. */
  readonly brightnessProgram?: string | undefined;
  /** How files are read again in the background. */
  readonly patrol?: Pick<PatrolOptions, 'bytesPerSecond' | 'restMs'>;
  readonly log: Log;
  readonly clock?: MachineClock | undefined;
  /** The end of the log, for whoever at the desk asks for it. */
  readonly readLog?: (() => Promise<string>) | undefined;
  /** Ends this process so that it is started again; absent where nobody would start it. */
  readonly restart?: (() => void) | undefined;
}

export interface Player extends PlayerForShell {
  /** The report that the server gets. */
  health(): HealthReport;
  /** A frame that counts was seen within these milliseconds. */
  seenWithin(ms: number): boolean;
}

const keptTimeSchema = z.object({ highest: instantSchema, heard: instantSchema });
const healthEveryMs = 30_000;
const reportGapMs = 1_000;
const keepTimeEveryMs = 10 * 60_000;
const frameAgeEveryMs = 1_000;
/** A start without a server is told as a time without one from here on. */
const aloneAfterMs = 60_000;
const identifySeconds = 20;

export async function startPlayer(options: PlayerOptions): Promise<Player> {
  const { dataDir, factoryProfile, playlistsDir, assetsDir, version, log, clock = machineClock, readLog, restart } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'the data folder cannot be made'));
  const factory = await loadFactory(playlistsDir, assetsDir, log);
  const identity = await openIdentity(dataDir, log);
  const keptTime = await openTwoCopies({ folder: dataDir, name: 'time', schema: keptTimeSchema, log });
  const serverClock = startServerClock(clock, keptTime.value, (instant) => playout.turnAt(instant)?.end);
  const trustedNow = () => (serverClock.trusted() ? serverClock.now() : undefined);
  const warnings = openWarnings(
    () => serverClock.now(),
    () => clock.monoMs(),
  );
  const stamp = (): Stamp => ({ at: serverClock.now(), monoMs: clock.monoMs(), clockTrusted: serverClock.trusted() });
  const quarantine = await openQuarantine({ folder: dataDir, player: version, clock, log });
  const incidents = await openIncidents({ folder: dataDir, now: () => serverClock.now(), log });
  incidents.note('start');
  const box = followBoxFacts({ dataDir, log }, clock);
  const refused = ({ warning, reason }: Refusal) => (warning ? warnings.raise(warning, reason) : undefined);
  const holdings = await openHoldings({
    ...{ folder: dataDir, documentsFolder: join(dataDir, 'documents'), identity, audience: factoryProfile.audience, trustedNow, log },
    refused,
  });
  const profileOf = () => holdings.assignment?.document.profile ?? factoryProfile;
  const orders = await openOrders({
    folder: dataDir,
    judge: () => holdings.root && { root: holdings.root.document, audience: profileOf().audience, verify: verifySignature, assertions, now: trustedNow() },
    aimed() {
      const { document } = holdings.assignment ?? {};
      return (
        document && {
          screen: document.screen,
          units: [...(document.unit === undefined ? [] : [document.unit]), ...(document.above ?? [])],
          profile: document.profile,
          operator: document.operator ?? '',
        }
      );
    },
    ...{ refused, serverClock, clock, log },
  });
  const forget = async () => {
    await holdings.forget();
    await orders.forget();
  };
  await applyWishes(options, identity, { forget }, log);
  const hasher = openHasher(log);
  const files = openFileStore({ folder: join(dataDir, 'files'), hasher, log, budgetBytes: options.budgetBytes });
  const disk = startDiskCare({
    ...{ folder: dataDir, warnings, clock, log },
    dropCache: () => files.makeRoom(0, holdings.filesInUse()),
  });
  const journal: Journal = await openJournal({ folder: dataDir, log, stamp, trustedNow, troubled: (fault) => disk.troubled(fault) });

  let shell: Shell | undefined;
  let pairing: PairingCard | null = null;
  let askTime = () => {};
  let profile = factoryProfile;
  let isStopped = false;
  let isUp = false;
  let hasPicture = false;
  const firstPictureListeners: (() => void)[] = [];
  const profileListeners: ((profile: Profile) => void)[] = [];

  const server = () => session.server;
  const called = () => {
    const { name = '', number = 0 } = holdings.assignment?.document ?? {};
    return { name, number };
  };
  const fileOf = (hash: string) => files.file(hash) ?? factory.media.get(hash);

  const followProfile = () => {
    const next = profileOf();
    if (JSON.stringify(next) === JSON.stringify(profile)) return;
    profile = next;
    profileListeners.forEach((listener) => listener(profile));
  };
  const playout = startPlayout({
    facts: () => {
      const { assignment, manifest, board } = holdings;
      const issuedAt = manifest?.manifest.issuedAt ?? 0;
      return {
        assignment: assignment?.document,
        content: manifest?.content,
        issuedAt,
        board,
        profile,
        shelter: care.shelter,
        hasFile: (hash) => fileOf(hash) !== undefined,
      };
    },
    ...{ factory, quarantine, serverClock, clock },
    planned: () => showState(),
    jumped: () => askTime(),
  });
  const zone = () => (holdings.manifest?.content ?? factory.content).campaign.zone;
  const testCard = openTestCard({ clock, serverClock });
  const covering = startCovering({
    ...{ orders, serverClock, clock, testCard: () => testCard.cover },
    hours: () => ({ hours: holdings.assignment?.document.hours ?? [], zone: zone() }),
    signedWords: () => signedWordsOf(holdings, profileOf().audience),
    changed() {
      log.info({ state: covering.current?.state ?? 'playing' }, 'what lies over the programme changes');
      showState();
    },
  });
  const isRevoked = () => holdings.assignment?.document.state === 'revoked';
  /** A screen out of service says that and nothing else, and is dark when it is off. */
  const cover = () => (isRevoked() && covering.current?.state !== 'off' ? null : covering.current);
  const showState = () => {
    if (isRevoked() && page.facts.shows) page.lost('the screen is revoked');
    hub.show({ profile, pairing, board: playout.board, plan: playout.current?.plan, isRevoked: isRevoked(), cover: cover() });
  };
  const pictureStands = () => {
    if (hasPicture) return;
    hasPicture = true;
    captures.begin();
    firstPictureListeners.forEach((listener) => listener());
  };
  const changed = () => {
    if (isStopped) return;
    followProfile();
    covering.refresh();
    playout.refresh();
  };

  const check = () => checkAfterStart({ files, manifest: holdings.manifest, ...{ now: () => serverClock.now(), clock, changed } });
  const proving = startProving({
    ...{ holdings, clock, log },
    takenBack() {
      // At a start the files are verified next in any case.
      if (!isUp) return;
      void check().done.then(reportHealth);
      changed();
    },
  });
  const reportHealth = paced(clock, reportGapMs, () => session.report(health()));
  const recorder = startPlayRecorder(journal, stamp);
  const care: PageCare = careForPage({
    ...{ files, quarantine, holdings, incidents, serverClock, clock, log },
    staging: () => staging,
    shell: () => shell,
    drawSpeck: (shade) => speck.draw(shade),
    changed: () => changed(),
    report: reportHealth,
    broken: ({ turn, made }, reason) => proving.failed(made.plan.manifest, turn.item, reason),
  });
  const fetchAgain = (detail: string) => {
    warnings.raise('file-damaged', detail);
    if (holdings.manifest) staging.want(holdings.manifest.sha256, 0);
  };
  const page: PageWatch = watchPage({
    ...{ playout, recorder, serverClock, clock, log, isRevoked, cover },
    profile: () => profile,
    coveredPlays: recordCovered({ playout, recorder, serverClock, clock }),
    seen: pictureStands,
    shown(turn) {
      const planned = playout.turn(turn);
      if (planned) proving.shown(planned.made.plan.manifest, planned.turn.item);
      if (planned && !page.isCovered) care.shown(planned);
      upload.wake();
      reportHealth();
      pictureStands();
    },
    failed: (planned, reason, late) => care.failed(planned, reason, late),
  });
  /** @returns why it cannot be shown */
  const showTestCard = (): string | undefined => {
    if (!hub.isAttached) return 'no page is attached';
    if (isRevoked()) return 'the screen is revoked';
    testCard.begin(called());
    covering.refresh();
    if (covering.current?.state === 'test') return undefined;
    testCard.end();
    return 'something was ordered that lies over the programme';
  };
  const technician = openTechnician({
    ...{ clock, log, testCard: showTestCard },
    pin: () => holdings.assignment?.document.pin,
    diagnosis: () => ({ ...called(), server: server() ?? null, addresses: ownAddresses(), health: health() }),
    say: (message) => void hub.say(message),
  });
  const speck = askForSpeck((message) => hub.say(message), clock);
  const use = watchUse(clock);
  const hear = (message: FromStage) => {
    use.hear(message);
    page.hear(message);
    technician.hear(message);
    speck.hear(message);
    if (message.type === 'covered' && page.isCovered) care.covered(message.state);
  };
  const hub = openStageHub({
    heard: hear,
    lost() {
      page.lost('page lost');
      if (!isStopped) proving.fell();
    },
    log,
  });

  const upload = startPlayUpload({
    journal,
    key: identity.key,
    server,
    screen: () => identity.binding.screen,
    clock,
    backoff: backoff({ baseMs: 2_000, capMs: 300_000 }),
    log,
  });
  const captures = startCaptures({
    capture: async () => shell?.capture(),
    freeInMs: use.freeInMs,
    target() {
      const [to, screen] = [server(), identity.binding.screen];
      return to === undefined || screen === undefined ? undefined : { server: to, screen };
    },
    ...{ key: identity.key, now: () => serverClock.now(), clock, log },
  });
  const staging = startStaging({ holdings, files, server, clock, backoff: backoff({ baseMs: 2_000, capMs: 300_000 }), log, changed });
  const sync = startDocumentSync({
    ...{ holdings, staging, server, clock, log, changed },
    backoff: backoff({ baseMs: 2_000, capMs: 120_000 }),
    async pin(root: PinnedRoot) {
      holdings.pin(root);
      await identity.bind({ ...identity.binding, root: root.envelope });
    },
  });
  const orderSync = startOrderSync({
    ...{ orders, server, clock, log },
    backoff: backoff({ baseMs: 1_000, capMs: 60_000 }),
    changed() {
      covering.refresh();
      reportHealth();
    },
  });
  const keepTime = async () => {
    const kept = serverClock.keep();
    if (kept) await keptTime.write(kept);
  };
  let wasTrusted = false;
  const timeHeard = () => {
    if (!wasTrusted) {
      wasTrusted = true;
      void keepTime();
      changed();
    }
    reportHealth();
  };
  const health = (): HealthReport =>
    healthOf({
      ...{ warnings, holdings, orders, cover: cover(), playout, quarantine, serverClock, journal, version, profile },
      page: page.facts,
      shell: shell?.name ?? '',
      box: box.facts,
      budgetBytes: files.budgetBytes,
      incidents,
      shelter: care.shelter,
      startedAt,
    });

  await proving.started();
  const [startedAt, startedMonoMs] = [serverClock.now(), clock.monoMs()];
  followProfile();
  await check().firstPicture;
  playout.refresh();

  // Before the server may send any.
  const commands: Commands = await openCommands({
    ...{ folder: dataDir, now: () => serverClock.now(), restart, log, answer: (answer) => session.answer(answer) },
    deeds: {
      identify: async () => (hub.say({ type: 'identify', ...called(), seconds: identifySeconds, profile }) ? undefined : 'no page is attached'),
      'test-card': async () => showTestCard(),
      reload: async () => (shell ? void (await shell.reload()) : 'there is no window'),
      restart: async () => undefined,
      async refetch() {
        await care.renew();
        // The answer goes out first.
        clock.after(reportGapMs, () => session.again());
        return undefined;
      },
      async logs({ id }) {
        const [to, screen] = [server(), identity.binding.screen];
        if (!readLog || to === undefined || screen === undefined) return 'there is no log to send';
        return sendLog({ server: to, screen, key: identity.key }, await readLog(), serverClock.now(), id);
      },
    },
  });

  const session = startSession({
    ...{ identity, holdings, sync, serverClock, clock, version, warnings, log, timeHeard },
    orders: orderSync,
    highestOrder: () => orders.highest,
    shell: () => shell?.name ?? '',
    pairing(card) {
      pairing = card;
      showState();
    },
    welcomed() {
      incidents.connected();
      upload.wake();
      reportHealth();
    },
    captureAsked: (request) => captures.take(request),
    commandAsked: (command) => void commands.take(command),
    lost: () => incidents.disconnected(),
  });
  askTime = () => session.askTime();
  isUp = true;
  const shortRuns = await countShortRuns({ folder: dataDir, clock, log }, (runs) => warnings.raise('short-runs', `${runs} runs`));
  const cancelAlone = clock.after(aloneAfterMs, () => {
    if (session.server === undefined) incidents.disconnected();
  });
  const frameAgeMs = () => clock.monoMs() - (page.facts.seenMonoMs ?? startedMonoMs);
  const cancelFrameAge = every(clock, frameAgeEveryMs, () => incidents.frameAge(frameAgeMs()));
  const patrol = startPatrol({
    ...{ files, clock, ...options.patrol },
    named: () => holdings.manifest?.manifest.files ?? [],
    damaged({ sha256 }) {
      fetchAgain(`file ${sha256.slice(0, 12)}`);
      changed();
      reportHealth();
    },
  });
  const { brightnessProgram: program } = options;
  const brightness = program === undefined ? undefined : startBrightness({ program, zone, profile: () => profile, trustedNow, clock, warnings, log });
  const cancelHealth = every(clock, healthEveryMs, reportHealth);
  const cancelKeepTime = every(clock, keepTimeEveryMs, () => void keepTime());

  return {
    get profile() {
      return profile;
    },
    attach: (link) => hub.attach(link),
    mediaFile: fileOf,
    useShell(used) {
      shell = used;
    },
    onFirstPicture(listener) {
      if (hasPicture) listener();
      else firstPictureListeners.push(listener);
    },
    onProfile(listener) {
      profileListeners.push(listener);
    },
    pageFell: (how) => care.fell(how, page.takeSuspect()),
    health,
    seenWithin: (ms) => page.facts.seenMonoMs !== undefined && frameAgeMs() <= ms,
    async stop() {
      if (isStopped) return;
      isStopped = true;
      brightness?.stop();
      for (const cancel of [cancelHealth, cancelKeepTime, cancelAlone, cancelFrameAge]) cancel();
      for (const part of [box, care, captures, patrol, proving, sync, orderSync, orders, covering, upload, playout, session]) part.stop();
      await staging.stop();
      await shortRuns.stop();
      await recorder.ended('the player stopped');
      await keepTime();
      await holdings.settled();
      await journal.close();
      await disk.stop();
      await hasher.close();
    },
  };
}
