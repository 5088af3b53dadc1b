// What stands in the way of a publish beside legibility: links and claims that nobody has confirmed, files that are over or missing, hours that never meet, players that cannot draw it.
import { claimsOf } from '../../core/claims.ts';
import { localDay } from '../../core/campaign.ts';
import type { ClaimView, PublishCheck, Readiness } from '../../core/publish-checks.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { findEntries } from '../media/library-store.ts';
import { lastDaysOfRevision } from '../manifests/publish.ts';
import { missingFiles } from '../media/missing-files.ts';
import { mediaOfPlaylist } from '../../core/playlist.ts';
import { playlistOf } from '../playlists/draft.ts';
import { readRevision, type PlaylistRow } from '../playlists/playlist-store.ts';
import { hasRealScreen, type Screen } from '../screens/screen-store.ts';
import { airTimeChecks } from './air-time-checks.ts';
import { claimChecks, linkChecks } from './confirmation-checks.ts';
import { claimHash, confirmedClaims } from './claim-store.ts';
import { expiryChecks, fileChecks } from './file-checks.ts';
import { hoursChecks, windowCountChecks } from './hours-checks.ts';
import { playerChecks } from './player-checks.ts';
import type { Reach } from './reach.ts';

const nothing: Readiness = { checks: [], claims: [], asksConfirmation: false };

/** Links and claims are confirmed before anything is published to a real screen; a trial asks for none. */
async function asksConfirmation(db: Queries, screens: readonly Pick<Screen, 'trial' | 'profile'>[]): Promise<boolean> {
  return screens.some(({ trial, profile }) => !trial || profile.audience !== 'indoor') && (await hasRealScreen(db));
}

async function claimViews(db: Queries, claims: ReturnType<typeof claimsOf>): Promise<ClaimView[]> {
  const hashed = claims.map((claim) => ({ ...claim, sha256: claimHash(claim.text) }));
  const confirmed = await confirmedClaims(
    db,
    hashed.map(({ sha256 }) => sha256),
  );
  return hashed.map((claim) => ({ ...claim, confirmed: confirmed.get(claim.sha256) ?? null }));
}

const errorsFirst = (checks: readonly PublishCheck[]) => [
  ...checks.filter(({ severity }) => severity === 'error'),
  ...checks.filter(({ severity }) => severity === 'warning'),
];

/** Of the latest revision of a playlist, as of an instant. */
export async function readinessOf(
  db: Queries,
  filesDir: string,
  { id, revision }: Pick<PlaylistRow, 'id' | 'revision'>,
  { channels, inService: screens }: Reach,
  now: number,
): Promise<Readiness> {
  const draft = await readRevision(db, id, revision);
  const campaign = await currentCampaign(db);
  if (!draft || !campaign) return nothing;
  const playlist = playlistOf(id, draft);
  const asks = await asksConfirmation(db, screens);
  const claims = await claimViews(db, claimsOf(playlist.items, campaign));
  const files = mediaOfPlaylist(playlist);
  const names = new Map((await findEntries(db, files)).map(({ sha256, name }) => [sha256, name]));
  const checks = [
    ...(asks ? [...linkChecks(playlist.items, campaign), ...claimChecks(claims)] : []),
    ...expiryChecks(playlist.items, { campaign, lastDays: await lastDaysOfRevision(db, id, revision), today: localDay(now, campaign.zone), names }),
    ...windowCountChecks(playlist.items, campaign),
    ...hoursChecks(playlist.items, screens, campaign, now),
    ...fileChecks(playlist.items, await missingFiles(db, filesDir, files), names),
    ...playerChecks(playlist.items, screens),
    ...airTimeChecks(id, playlist.items, channels),
  ];
  return { checks: errorsFirst(checks), claims, asksConfirmation: asks };
}
