// An office paper as Word: in the office's own template where it has one, else in the form of the decree.
import type { OfficePaper } from '../files/office-paper.ts';
import { writeDocx } from '../files/write-docx.ts';
import { readTemplate } from './read-template.ts';
import { writeIntoTemplate } from './write-into-template.ts';

/** @param template as it was kept after it had been tried; @param at when the paper is made, epoch milliseconds */
export async function writeOfficeDocx(paper: OfficePaper, template: Uint8Array | undefined, at: number): Promise<Buffer> {
  if (template === undefined) return writeDocx(paper, at);
  const read = await readTemplate(template);
  if (!read.ok) throw new Error('a template that was kept is none any more');
  return writeIntoTemplate(read.template, paper);
}
