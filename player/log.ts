// Where a player writes what happened; pino's logger fits.
export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** The words of a fault, whatever was thrown. */
export function faultText(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
