// A pairing code as people type it: six characters without I, L, O and U, in any case, hyphens and spaces ignored.

/** The code as the server takes it, or `undefined` when it cannot be one. I and L are read as 1, O as 0. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  return /^[0-9A-HJKMNP-TV-Z]{6}$/.test(code) ? code : undefined;
}
