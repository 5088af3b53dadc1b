// The parts of an Office file (.xlsx, .docx), unpacked within limits: a small archive may hold gigabytes, and its XML may name what is not in it.
import { SyntaxValidator } from 'fast-xml-validator';
import { unzipSync } from 'fflate';

export class ArchiveRefused extends Error {
  readonly problem: 'too-large' | 'entities';
  constructor(problem: ArchiveRefused['problem']) {
    super(problem);
    this.problem = problem;
  }
}

export interface ArchiveLimits {
  readonly maxParts: number;
  /** Of all parts that are unpacked. */
  readonly maxBytes: number;
  /** Which parts are needed. */
  readonly isNeeded: (path: string) => boolean;
}

export interface OfficeArchive {
  /** By their paths, as they are written. */
  readonly parts: Readonly<Record<string, Uint8Array>>;
  /** XML of a part, whatever the case of its path. @throws ArchiveRefused for a document type, Error for what is no XML */
  text(path: string): string | undefined;
}

/** The room for each part is what the archive says beforehand, so a part that lies is cut off. @throws ArchiveRefused beyond the limits, Error for what is no archive */
export function openArchive(bytes: Uint8Array, { maxParts, maxBytes, isNeeded }: ArchiveLimits): OfficeArchive {
  let room = maxBytes;
  let count = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (++count > maxParts) throw new ArchiveRefused('too-large');
      if (!isNeeded(name)) return false;
      room -= originalSize;
      if (room < 0) throw new ArchiveRefused('too-large');
      return true;
    },
  });
  const byPath = new Map(Object.entries(parts).map(([path, content]) => [path.toLowerCase(), content]));
  return {
    parts,
    text(path) {
      const content = byPath.get(path.toLowerCase());
      if (!content) return undefined;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
      if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new ArchiveRefused('entities');
      // Throws. A parser forgives a part that breaks off, and its end would be missing in silence.
      SyntaxValidator.validate(text);
      return text;
    },
  };
}
