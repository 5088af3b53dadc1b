// Suites of one file that run at the same time, because most of the time they wait; the cases within each go one after the other.
import { describe } from 'vitest';

/** @param missing why it cannot run here */
export function sideBySide(name: string, missing: string | undefined, cases: () => void): void {
  describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (${missing})`, { concurrent: true }, () => {
    describe('one after the other', { concurrent: false }, cases);
  });
}
