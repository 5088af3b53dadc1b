// Scan links: `HTTPS://HOST/Q/CODE`, made offline from the numbers of a placement's owner and item.

/** Crockford base 32: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const maxNumber = 2 ** 20 - 1;
const codeLength = 8;

export interface Placement {
  /** The screen's number, or that of a poster or card. */
  readonly owner: number;
  readonly item: number;
}

/** Doubles in GF(32), modulo x^5 + x^2 + 1. */
function double(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

/** A check character that catches every single wrong character and every swap of two. */
function checkOf(digits: readonly number[]): number {
  return double(digits.reduce((sum, digit) => double(sum) ^ digit, 0));
}

/**
 * The nine characters of a placement: 20 bits owner, 20 bits item, one check character.
 * @throws RangeError when a number does not fit 20 bits
 */
export function encodePlacement({ owner, item }: Placement): string {
  for (const number of [owner, item]) {
    if (!Number.isInteger(number) || number < 0 || number > maxNumber) throw new RangeError(`a placement's number is 0 to ${maxNumber}, not ${number}`);
  }
  const digits = [owner, item].flatMap((number) => [15, 10, 5, 0].map((shift) => (number >> shift) & 31));
  return [...digits, checkOf(digits)].map((digit) => alphabet[digit]).join('');
}

/** Reads a code as people type it: any case, I and L for 1, O for 0, hyphens ignored. `undefined` when it cannot be one. */
export function decodePlacement(code: string): Placement | undefined {
  const text = code.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  const digits = [...text].map((character) => alphabet.indexOf(character));
  if (digits.length !== codeLength + 1 || digits.includes(-1)) return undefined;
  const body = digits.slice(0, codeLength);
  if (checkOf(body) !== digits[codeLength]) return undefined;
  const number = (part: readonly number[]) => part.reduce((sum, digit) => sum * 32 + digit, 0);
  return { owner: number(body.slice(0, 4)), item: number(body.slice(4)) };
}

/** The text of a placement's code on the campaign's scan host. Upper case, so that a code reader's alphanumeric mode holds it. */
export function scanLink(host: string, placement: Placement): string {
  return `HTTPS://${host.toUpperCase()}/Q/${encodePlacement(placement)}`;
}

/** A link as a code carries it: upper case where that changes nothing (no path, no query), as it is otherwise. */
export function codeText(link: string): string {
  const { pathname, search, hash, protocol, host } = new URL(link);
  return pathname === '/' && search === '' && hash === '' ? `${protocol}//${host}`.toUpperCase() : link;
}

/** What the code of an item on a screen says: its scan link, or the install link where the campaign has no scan host. */
export function codeOf(
  campaign: { readonly scanHost?: string | undefined; readonly links: { readonly web: { readonly url: string } } },
  placement: Placement,
): string {
  return campaign.scanHost === undefined ? codeText(campaign.links.web.url) : scanLink(campaign.scanHost, placement);
}
