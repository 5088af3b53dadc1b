// Reading and writing the parts of an item's props by their path, while they are being written and may still lack something.
export type Path = readonly (string | number)[];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

export function partAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (Array.isArray(part) ? (part as unknown[])[Number(key)] : isRecord(part) ? part[key] : undefined), value);
}

/** A copy with another part at the path; `undefined` takes the part away. */
export function withPart(value: unknown, path: Path, part: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return part;
  const next = withPart(partAt(value, [key]), rest, part);
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...(value as unknown[])] : [];
    if (next === undefined) list.splice(key, 1);
    else list[key] = next;
    return list;
  }
  const others = Object.entries(isRecord(value) ? value : {}).filter(([each]) => each !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

export type Props = Readonly<Record<string, unknown>>;

export function withProp(props: Props, path: Path, part: unknown): Props {
  const next = withPart(props, path, part);
  return isRecord(next) ? next : props;
}

export interface Written {
  readonly vi: string;
  readonly en: string;
}

/** A text in both languages, empty where nothing is written. */
export function textAt(props: Props, path: Path): Written {
  const word = (language: string) => {
    const text = partAt(props, [...path, language]);
    return typeof text === 'string' ? text : '';
  };
  return { vi: word('vi'), en: word('en') };
}

/** An empty English leaves; of a text that may be missing, nothing stays when nothing is written. */
export function withText(props: Props, path: Path, { vi, en }: Written, optional: boolean): Props {
  const [vietnamese, english] = [vi.normalize('NFC'), en.normalize('NFC')];
  if (optional && vietnamese === '' && english === '') return withProp(props, path, undefined);
  return withProp(props, path, { vi: vietnamese, ...(english === '' ? {} : { en: english }) });
}

export function listAt(props: Props, path: Path): readonly unknown[] {
  const list = partAt(props, path);
  return Array.isArray(list) ? (list as unknown[]) : [];
}
