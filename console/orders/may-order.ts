// Who may give orders at all; the server decides again each time.
import type { Me } from '../../core/people-api.ts';

export function mayOrder({ role }: Pick<Me, 'role'>): boolean {
  return role !== 'viewer';
}
