// What a field of settings is called, and how its value reads, for whoever has to agree to a change.
import type { FieldChange } from '../../core/field-changes.ts';
import type { Language } from '../../core/primitives.ts';
import { isCityTree } from '../../core/units.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { PlainKey, Say } from '../messages.ts';

const names: Readonly<Record<string, PlainKey>> = {
  ...{ name: 'setting.name', plan: 'setting.plan', speaker: 'setting.speaker', source: 'setting.source', rankBy: 'setting.rankBy' },
  ...{ 'period.startDate': 'setting.start', 'period.endDate': 'setting.end' },
  ...{ 'phases.name': 'setting.phaseName', 'phases.basis': 'setting.phaseBasis' },
  ...{ 'phases.startDate': 'setting.phaseStart', 'phases.endDate': 'setting.phaseEnd' },
  ...{ 'links.ios.url': 'setting.ios', 'links.android.url': 'setting.android', 'links.web.url': 'setting.web' },
  ...{ 'links.ios.confirmed': 'setting.iosConfirmed', 'links.android.confirmed': 'setting.androidConfirmed', 'links.web.confirmed': 'setting.webConfirmed' },
  ...{ 'helpline.number': 'setting.helpline', 'helpline.branch': 'setting.branch', 'helpline.confirmed': 'setting.helplineConfirmed' },
  ...{ 'stale.greyAfterHours': 'setting.grey', 'stale.leaveAfterHours': 'setting.leave', maxOfflineDays: 'setting.offline' },
  ...{ 'holds.basePercent': 'setting.basePercent', 'holds.dayPercent': 'setting.dayPercent' },
  ...{ 'holds.stepPercent': 'setting.stepPercent', 'holds.stepCount': 'setting.stepCount' },
  ...{ occasions: 'setting.occasion', scanHost: 'setting.scanHost' },
  ...{ id: 'setting.id', tree: 'setting.tree', trial: 'setting.trial', closedOn: 'setting.closedOn' },
  ...{ 'measure.id': 'setting.measureId', 'measure.name': 'setting.measure', 'denominator.name': 'setting.base' },
  ...{ 'denominator.source': 'setting.baseSource', 'denominator.asOf': 'setting.baseAsOf' },
  ...{ channel: 'setting.channel', byRules: 'setting.byRules' },
  ...{ kind: 'setting.kind', pitchMm: 'setting.pitch', audience: 'setting.audience', touch: 'setting.touch', sound: 'setting.sound' },
  ...{ 'viewport.x': 'setting.x', 'viewport.y': 'setting.y', 'viewport.width': 'setting.width', 'viewport.height': 'setting.height' },
  ...{ 'distanceM.near': 'setting.near', 'distanceM.far': 'setting.far', peakCdM2: 'setting.peak', dimmedBy: 'setting.dimmedBy' },
  ...{ surroundings: 'setting.around', 'wall.columns': 'setting.columns', 'wall.rows': 'setting.rows' },
  ...{ 'wall.column': 'setting.column', 'wall.row': 'setting.row', 'wall.gapMm': 'setting.gapMm' },
};
const values: Readonly<Record<string, PlainKey>> = {
  ...{ rate: 'setting.rate', count: 'setting.count', led: 'kind.led', lcd: 'kind.lcd', kiosk: 'kind.kiosk' },
  ...{ traffic: 'audience.traffic', public: 'audience.public', indoor: 'audience.indoor', picture: 'dimmer.picture', controller: 'dimmer.controller' },
  ...{ usual: 'around.usual', dark: 'around.dark', bright: 'around.bright' },
};
/** Fields whose values are words of their own; all other short words are written by people. */
const choices = new Set(['rankBy', 'kind', 'audience', 'dimmedBy', 'surroundings']);

/** "Tên đợt 2 (tiếng Anh)" for `phases[1].name.en`. */
export function fieldText(path: string, say: Say): string {
  const [, of, name = ''] = /^(screens|rules|layers)\.(.*)$/s.exec(path) ?? [];
  if (of !== undefined) return say(of === 'screens' ? 'setting.ofScreen' : of === 'rules' ? 'setting.ofRule' : 'setting.ofLayer', { name });
  const index = /\[(\d+)\]/.exec(path)?.[1];
  const bare = path.replaceAll(/\[\d+\]/g, '').replace(/\.(?:vi|en)$/, '');
  const key = names[bare];
  if (key === undefined) return say('setting.other', { path });
  const named = index === undefined ? say(key) : say('setting.numbered', { field: say(key), number: Number(index) + 1 });
  return path.endsWith('.en') ? say('setting.english', { field: named }) : named;
}

/** What staff call a tree of units; one of a site's own goes by its id. */
export const treeName = (tree: string, say: Say): string => (isCityTree(tree) ? say(`tree.${tree}`) : tree);

export function valueText(path: string, value: FieldChange['before'], language: Language, say: Say): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return say(value ? 'setting.yes' : 'setting.no');
  if (typeof value === 'number') return value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
  if (path === 'tree') return treeName(value, say);
  const key = choices.has(path) ? values[value] : undefined;
  if (key !== undefined) return say(key);
  return /(?:Date|asOf|closedOn)$/.test(path) ? formatLocalDate(value) : value;
}
