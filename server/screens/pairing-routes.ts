// Pairing: a clerk types the code that a box shows, compares the four words, and binds the box to a screen.
import { pairedSchema, pairSchema, screenPaths } from '../../core/screen-api.ts';
import { pairingText, pairingWords } from '../../core/pairing-words.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { manifestOfScreen } from '../manifests/manifest-of-screen.ts';
import { missingSignatures } from '../manifests/missing-signatures.ts';
import { requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { bindKey, findScreen, findScreenByKey } from './screen-store.ts';

export function pairingRoutes(players: LivePlayers): Routes {
  return (app, { db, keys, now, audit, console }) => {
    app.post(
      screenPaths.pair,
      {
        // Few tries a minute: a code is short.
        config: { access: { role: 'admin', within: 'own-unit' }, rateLimit: { max: 30, timeWindow: 60_000 } },
        schema: {
          summary: 'Bind the box that shows a code to a screen; without `confirm` only its words, and how many approvers have to sign before it shows content',
          tags: ['screens'],
          body: pairSchema,
          response: { 200: pairedSchema },
        },
      },
      async (request) => {
        const { code, screen: id, confirm } = request.body;
        const screen = await findScreen(db, id);
        if (!screen) throw new ApiFailure('not-found');
        await requireDuty(db, callerOf(request), [screen.unit]);
        const box = players.waiting(code);
        if (!box) throw new ApiFailure('pairing-code-unknown');
        const words = pairingWords(sha256(pairingText(keys.root.sha256, box.publicKey)));
        const awaits = await missingSignatures(db, keys.root.document)((await manifestOfScreen(db, screen))?.sha256 ?? null, screen.profile.audience);
        if (!confirm) return { words, awaits };
        await transact(db, async (trx) => {
          // Two who type one code at once both found the box waiting: it is bound to one screen, and the other is told.
          if (await findScreenByKey(trx, box.publicKey)) throw new ApiFailure('pairing-code-unknown');
          await bindKey(trx, id, box.publicKey, now());
          await audit(
            { who: callerOf(request).name, what: 'screen.pair', subject: id, before: { publicKey: screen.publicKey }, after: { publicKey: box.publicKey } },
            trx,
          );
        });
        box.bound(id);
        console('screens');
        return { words, awaits };
      },
    );
  };
}
