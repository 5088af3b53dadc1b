// An office paper written into the office's own template; and the product's form as a template to begin from.
import { patchDocument, PatchType, TextRun, type IPatch } from 'docx';
import { templatePlaces, type TemplatePlace } from '../../../core/report-api.ts';
import { blocksOf, lettersOf, line, markOf } from '../files/docx-blocks.ts';
import { wordsAround, type OfficePaper } from '../files/office-paper.ts';
import { writeForm } from '../files/write-docx.ts';
import type { Template } from './read-template.ts';

const run = (text: string, index: number) => new TextRun({ children: lettersOf(text), ...(index > 0 ? { break: 1 } : {}) });

export async function writeIntoTemplate({ bytes, places, hand }: Template, paper: OfficePaper): Promise<Buffer> {
  const words = wordsAround(paper);
  const patchOf = (place: TemplatePlace): IPatch => {
    if (place === 'body') return { type: PatchType.DOCUMENT, children: [...markOf(paper, hand), ...blocksOf(paper, hand)] };
    return { type: PatchType.PARAGRAPH, children: [words[place]].flat().map(run) };
  };
  const patches = Object.fromEntries([...places].map(([written, place]) => [written, patchOf(place)]));
  return patchDocument({ outputType: 'nodebuffer', data: bytes, patches, keepOriginalStyles: true });
}

/** To be opened in Word and changed: every place stands where the product's form has it. @param at when it is made, epoch milliseconds */
export function templateToBeginFrom(at: number): Promise<Buffer> {
  const { body, recipients, about, superior, office, number, placeAndDate, signerTitle, signer } = templatePlaces;
  const quoted = (name: string) => `{{${name}}}`;
  const words = { about, superior, office, number, placeAndDate, signer };
  const named = Object.fromEntries(Object.entries(words).map(([place, name]) => [place, quoted(name)])) as Record<keyof typeof words, string>;
  return writeForm({ ...named, recipients: [quoted(recipients)], signerTitle: [quoted(signerTitle)] }, [], [line(quoted(body), {})], at);
}
