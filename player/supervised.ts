// Whether somebody starts this process again when it ends: `npm start` by its channel, systemd by the id of the run.
export function isSupervised(env: NodeJS.ProcessEnv = process.env, hasChannel = process.send !== undefined): boolean {
  return hasChannel || env['INVOCATION_ID'] !== undefined;
}
