// A time of day as people type it, as HH:MM.

/** "7:30", "7h30", "730", "7h" and "7" as "07:30" and "07:00"; `undefined` for what is none. "24:00" is the end of a day. */
export function readClockTime(text: string): string | undefined {
  const clean = text.trim().toLowerCase();
  const parts = /^(\d{1,2})(?:\s*[:.hg]\s*(\d{2})?)?$/.exec(clean) ?? /^(\d{1,2})(\d{2})$/.exec(clean);
  if (!parts) return undefined;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
