// The whole fleet for a day ahead: what will be missing, what goes, and which screens do not have what was published.
import { outlookKinds, type Outlook, type OutlookFinding } from '../../core/programme-api.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { missingSignatures } from '../manifests/missing-signatures.ts';
import type { Programmes } from '../manifests/programmes.ts';
import { listLibrary } from '../media/library-store.ts';
import type { LivePlayers } from '../players/players.ts';
import { usualZone } from '../plays/air-time-store.ts';
import { currentSnapshots } from '../scoreboard/snapshot-store.ts';
import { listScreens, type Screen } from '../screens/screen-store.ts';
import { contentFindings, gapsOf, litParts, type ContentFinding, type Day } from './content-outlook.ts';

const dayMs = 86_400_000;

/** The same finding of many screens is said once. */
function gather(found: readonly { readonly screen: Screen; readonly finding: ContentFinding }[]): OutlookFinding[] {
  const alike = new Map<string, { finding: ContentFinding; screens: OutlookFinding['screens'] }>();
  for (const { screen, finding } of found) {
    const key = JSON.stringify(finding);
    const same = alike.get(key) ?? { finding, screens: [] };
    same.screens.push({ id: screen.id, name: screen.name });
    alike.set(key, same);
  }
  const rank = ({ kind }: OutlookFinding) => outlookKinds.indexOf(kind);
  return [...alike.values()].map(({ finding, screens }): OutlookFinding => ({ ...finding, screens })).sort((a, b) => rank(a) - rank(b) || a.from - b.from);
}

function overlaps(parts: readonly Day[], { from, until }: Day): Day[] {
  return parts
    .filter((part) => part.from < until && part.until > from)
    .map((part) => ({ from: Math.max(part.from, from), until: Math.min(part.until, until) }));
}

/** What is known of the box itself. @param awaits so many approvers have to sign before it takes the manifest */
function ofBox(screen: Screen, players: LivePlayers, manifest: string | undefined, awaits: number, at: number): ContentFinding[] {
  const live = players.live(screen.id);
  if (!live) return [{ kind: 'lost', from: screen.lastSeenAt ?? at, until: null, items: [] }];
  const playing = live.health?.report.manifest.playing;
  if (playing === undefined || manifest === undefined || playing === manifest) return [];
  return [{ kind: awaits > 0 ? 'unsigned' : 'behind', from: at, until: null, items: [] }];
}

export async function outlookOf({ db, keys }: Pick<ServerContext, 'db' | 'keys'>, programmeOf: Programmes, players: LivePlayers, at: number): Promise<Outlook> {
  const day = { from: at, until: at + dayMs };
  const zone = (await currentCampaign(db))?.zone ?? usualZone;
  const channels = new Map((await listChannels(db)).map((channel) => [channel.id, channel]));
  const expiresOn = new Map((await listLibrary(db)).flatMap((entry): [string, string][] => (entry.expiresOn ? [[entry.sha256, entry.expiresOn]] : [])));
  const screens = (await listScreens(db)).filter(({ state, publicKey }) => state === 'active' && publicKey !== null);

  const contents = new Map<string, { findings: readonly ContentFinding[]; gaps: readonly Day[] } | undefined>();
  const manifestOf = ({ channel, canary }: Screen) => canary ?? channels.get(channel)?.manifest?.sha256;
  const contentOf = async (sha256: string | undefined, trial: boolean) => {
    const key = `${sha256}/${trial}`;
    const programme = contents.has(key) || sha256 === undefined ? undefined : await programmeOf(sha256);
    if (programme) {
      const { campaign } = programme.manifest;
      const snapshot = (await currentSnapshots(db, campaign.id, campaign.tree, trial ? 'trial' : 'real'))?.current.snapshot;
      contents.set(key, { findings: contentFindings({ programme, expiresOn, snapshot, trial }, day), gaps: gapsOf(programme, day) });
    }
    return contents.get(key);
  };

  const missing = missingSignatures(db, keys.root.document);
  const found: { screen: Screen; finding: ContentFinding }[] = [];
  for (const screen of screens) {
    const manifest = manifestOf(screen);
    const content = await contentOf(manifest, screen.trial);
    const lit = litParts(screen.hours, day, zone);
    const empty: ContentFinding[] = content ? [] : [{ kind: 'nothing-published', from: at, until: null, items: [] }];
    const gaps = (content?.gaps ?? []).flatMap((gap) => overlaps(lit, gap)).map((gap): ContentFinding => ({ kind: 'gap', ...gap, items: [] }));
    const box = ofBox(screen, players, manifest, await missing(manifest ?? null, screen.profile.audience), at);
    for (const finding of [...empty, ...gaps, ...(content?.findings ?? []), ...box]) found.push({ screen, finding });
  }
  return { at, until: day.until, screens: screens.length, findings: gather(found) };
}
