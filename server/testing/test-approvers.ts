// Approvers for tests: people with a passkey made as the console does at localhost, named in the root document by the command, and their signatures.
import { assertionOptionsSchema, passkeyPaths, registrationOptionsSchema } from '../../core/passkey-api.ts';
import { signaturePaths } from '../../core/signature-api.ts';
import { commands } from '../maintenance/commands.ts';
import { softPasskey, type SoftPasskey } from './soft-passkey.ts';
import { signedInPerson, type TestPerson } from './test-people.ts';
import { staffOf, type TestServer } from './test-server.ts';

export interface Approver {
  readonly person: TestPerson;
  readonly passkey: SoftPasskey;
}

/** Passkeys refuse addresses. */
export const atLocalhost = ({ url }: TestServer) => `http://localhost:${new URL(url).port}`;

export async function addApprover(server: TestServer): Promise<Approver> {
  const person = await signedInPerson(server, 'approver', { secondFactor: false });
  const passkey = softPasskey();
  const url = atLocalhost(server);
  const at = staffOf({ app: server.app, url }, person.cookie);
  const options = registrationOptionsSchema.parse((await at.call('POST', passkeyPaths.offer, {})).body);
  const added = await at.call('POST', passkeyPaths.passkeys, { name: 'Khóa', registration: passkey.register(options, url) });
  if (added.status !== 200) throw new Error(`the passkey was not added: ${added.text}`);
  return { person, passkey };
}

/** Runs a command of `main.js` beside a server that stands still. */
export function command(server: TestServer, name: string, ...words: string[]) {
  const run = commands[name];
  if (!run) throw new Error(`there is no command ${name}`);
  return run(['--data', server.folder, ...words], { databaseUrl: server.database, now: Date.now() });
}

export async function sign(server: TestServer, hash: string, { person, passkey }: Approver) {
  // Their sessions ended with the passkey that was added.
  const again = await signedInPerson(server, 'viewer');
  await server.context.db.updateTable('sessions').set({ person: person.id }).where('person', '=', again.id).execute();
  const options = assertionOptionsSchema.parse((await again.call('POST', signaturePaths.offer(hash))).body);
  return again.call('POST', signaturePaths.sign(hash), { assertion: passkey.sign(options, atLocalhost(server)) });
}
