// Alerts that one person may send: sentences that were agreed beforehand, with slots for a few words.
import { z } from 'zod';
import { drillMarks, type Priority } from './orders.ts';
import type { LocalText } from './primitives.ts';

interface BothTexts {
  readonly vi: string;
  readonly en: string;
}

export interface AlertTemplate {
  readonly event: BothTexts;
  readonly priority: Priority;
  /** `{slot}` is filled by whoever sends it. */
  readonly headline: BothTexts;
  readonly instruction: BothTexts;
  /** Slots with what each is called. */
  readonly slots: Readonly<Record<string, BothTexts>>;
}

const road = { vi: 'Tên đường', en: 'Road' };
const until = { vi: 'Đến khi nào', en: 'Until when' };

export const templateNames = ['flood', 'storm', 'river', 'fire', 'closed-road', 'heat'] as const;
export type TemplateName = (typeof templateNames)[number];

export const alertTemplates: Readonly<Record<TemplateName, AlertTemplate>> = {
  flood: {
    event: { vi: 'Ngập úng', en: 'Flooding' },
    priority: 'severe',
    headline: { vi: 'Đường {road} ngập sâu, từ {from} đến {to}. Không đi vào.', en: '{road} is deep under water from {from} to {to}. Do not enter.' },
    instruction: { vi: 'Đi đường khác theo hướng dẫn. Cần cứu giúp, gọi 114.', en: 'Take another way as directed. For rescue call 114.' },
    slots: { road, from: { vi: 'Từ đâu', en: 'From where' }, to: { vi: 'Đến đâu', en: 'To where' } },
  },
  storm: {
    event: { vi: 'Bão', en: 'Storm' },
    priority: 'extreme',
    headline: { vi: 'Bão vào Hà Nội từ {time}. Ở trong nhà, không ra đường.', en: 'The storm reaches Hà Nội from {time}. Stay indoors, off the roads.' },
    instruction: {
      vi: 'Tránh xa cây lớn, biển quảng cáo, công trình đang xây. Cần cứu giúp, gọi 114.',
      en: 'Keep away from tall trees, signs and building sites. For rescue call 114.',
    },
    slots: { time: { vi: 'Từ khi nào', en: 'From when' } },
  },
  river: {
    event: { vi: 'Lũ trên sông', en: 'River flood' },
    priority: 'extreme',
    headline: {
      vi: 'Nước sông {river} vượt báo động {level}. Rời bãi sông ngay.',
      en: 'The {river} river is above alarm level {level}. Leave the river banks now.',
    },
    instruction: {
      vi: 'Đến nơi tập trung của phường, xã. Cần cứu giúp, gọi 114.',
      en: 'Go to the meeting point of your ward or commune. For rescue call 114.',
    },
    slots: { river: { vi: 'Tên sông', en: 'River' }, level: { vi: 'Mức báo động', en: 'Alarm level' } },
  },
  fire: {
    event: { vi: 'Cháy lớn', en: 'Large fire' },
    priority: 'severe',
    headline: { vi: 'Cháy lớn tại {place}. Tránh xa và nhường đường cho xe chữa cháy.', en: 'Large fire at {place}. Keep away and make way for fire engines.' },
    instruction: { vi: 'Đóng cửa sổ nếu ở gần. Cần cứu giúp, gọi 114.', en: 'Close your windows if you are near. For rescue call 114.' },
    slots: { place: { vi: 'Nơi cháy', en: 'Place' } },
  },
  'closed-road': {
    event: { vi: 'Cấm đường', en: 'Road closed' },
    priority: 'moderate',
    headline: { vi: 'Đường {road} cấm xe đến {until}. Đi đường khác.', en: '{road} is closed to vehicles until {until}. Take another way.' },
    instruction: { vi: 'Đi theo hướng dẫn của cảnh sát giao thông.', en: 'Follow the traffic police.' },
    slots: { road, until },
  },
  heat: {
    event: { vi: 'Nắng nóng gay gắt', en: 'Severe heat' },
    priority: 'minor',
    headline: {
      vi: 'Nắng nóng gay gắt đến {until}. Hạn chế ra ngoài từ 11 đến 15 giờ.',
      en: 'Severe heat until {until}. Avoid being outdoors from 11:00 to 15:00.',
    },
    instruction: { vi: 'Uống đủ nước, để ý người già và trẻ nhỏ.', en: 'Drink enough water; look after the old and the very young.' },
    slots: { until },
  },
};

/** What one person may put on a screen alone: a name, a place, a time. No line breaks, links or marks that could make another sentence of it. */
export const plainWords = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?!.*\/\/)[\p{L}\p{M}\p{N} ,–:/()-]+$/u, 'expected letters, digits, spaces and simple marks')
    .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');
export const slotSchema = plainWords(40);

/** A sentence as it stands on the screen: a drill begins with its mark. */
export function markDrill({ vi, en }: LocalText, drill: boolean): LocalText {
  if (!drill) return { vi, ...(en === undefined ? {} : { en }) };
  return { vi: `${drillMarks.vi}: ${vi}`, ...(en === undefined ? {} : { en: `${drillMarks.en}: ${en}` }) };
}

/** @throws RangeError when a slot is missing */
export function fillTemplate(template: AlertTemplate, words: Readonly<Record<string, string>>, drill: boolean) {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const word = Object.hasOwn(words, slot) ? words[slot]?.trim() : undefined;
      if (word === undefined || word === '') throw new RangeError(`the slot "${slot}" is empty`);
      return word;
    });
  const { event, priority, headline, instruction } = template;
  return { event, priority, instruction, headline: markDrill({ vi: fill(headline.vi), en: fill(headline.en) }, drill) };
}
