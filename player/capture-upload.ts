// Sends a picture of the real window to the server, signed by the screen's key.
import { captureHeader, maxCaptureBytes, playerPaths } from '../core/protocol.ts';
import { sha256, type SigningKey } from './ed25519.ts';
import { httpRequest } from './http.ts';

export interface CaptureTarget {
  readonly server: string;
  readonly screen: string;
  readonly key: SigningKey;
}

export type CaptureSent = { ok: true } | { ok: false; reason: string };

/** @param request id of the server's wish that this picture answers */
export async function sendCapture({ server, screen, key }: CaptureTarget, jpeg: Uint8Array, takenAt: number, request?: string): Promise<CaptureSent> {
  if (jpeg.byteLength > maxCaptureBytes) return { ok: false, reason: `the picture has ${jpeg.byteLength} bytes, ${maxCaptureBytes} are allowed` };
  const statement = { screen, takenAt, sha256: sha256(jpeg), ...(request === undefined ? {} : { request }) };
  const header = Buffer.from(JSON.stringify(key.sign('capture', statement))).toString('base64url');
  const answer = await httpRequest(new URL(playerPaths.captures, server), {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg', [captureHeader]: header },
    body: jpeg,
  });
  answer.body.resume();
  return answer.status < 300 ? { ok: true } : { ok: false, reason: `the server answered ${answer.status}` };
}
