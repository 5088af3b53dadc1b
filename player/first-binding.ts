// What the command line says of server and enrolment, laid over what the player remembers.
import type { Binding, Identity } from './identity.ts';
import { sha256 } from './ed25519.ts';
import { readEnrolment } from './enrolment.ts';
import type { Log } from './log.ts';

export interface BindingWishes {
  readonly enrol?: string | undefined;
  readonly server?: string | undefined;
}

/** A token is given at the box itself, so it may name another server: everything of the former one is forgotten then. */
export async function applyWishes(
  { enrol, server }: BindingWishes,
  identity: Identity,
  { forget }: { readonly forget: () => Promise<void> },
  log: Log,
): Promise<void> {
  let binding: Binding = identity.binding;
  if (enrol !== undefined) {
    const read = readEnrolment(enrol);
    if (read.ok) {
      const { server: address, root, secret } = read.enrolment;
      const isSameServer = binding.root !== undefined && sha256(binding.root.payload) === root;
      if (binding.root !== undefined && !isSameServer) {
        log.warn({ server: address }, 'enrolled with another server, the former one is forgotten');
        await forget();
        binding = {};
      }
      binding = { ...binding, server: address, candidate: root, enrol: secret };
    } else {
      log.error({ reason: read.reason }, 'the enrolment token cannot be used');
    }
  }
  if (server !== undefined) {
    if (URL.canParse(server) && /^https?:/.test(server)) binding = { ...binding, server };
    else log.error({ server }, 'the server’s address cannot be used');
  }
  if (binding !== identity.binding) await identity.bind(binding);
}
