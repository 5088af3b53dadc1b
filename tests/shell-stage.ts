// A tiny stage for the shells' tests: a folder with the test page and, drawn on it, a QR code that a picture of the window must still hold.
import { copyFileSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode';

export const codeOnStage = 'HTTPS://IHANOI.GOV.VN';

const main = `
import { startPage } from './shell-page.js';
let tell = () => {};
let unseen = {};
function connect() {
  const socket = new WebSocket(new URL('bridge', location.href.replace(/^http/, 'ws')));
  socket.onmessage = ({ data }) => tell(JSON.parse(data));
  socket.onopen = () => {
    startPage({
      bridge: { send: (message) => socket.send(JSON.stringify(message)), onMessage: (listener) => { tell = listener; } },
      get: (address, range) => fetch(address, range ? { headers: { range }, cache: 'no-store' } : {}),
      world: {
        where: () => location.pathname.split('/').pop(),
        size: () => ({ width: innerWidth, height: innerHeight, scale: devicePixelRatio }),
        leave: (address) => { location.href = address; },
        open: (address) => open(address) !== null,
        hang: () => { for (;;); },
        crowd: () => {
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [innerWidth, innerHeight];
          const context = canvas.getContext('2d');
          for (let y = 0; y < innerHeight; y += 12) for (let x = 0; x < innerWidth; x += 12) {
            context.fillStyle = 'hsl(' + 360 * Math.random() + ' 60% ' + (20 + 60 * Math.random()) + '%)';
            context.fillRect(x, y, 12, 12);
          }
          document.body.replaceChildren(canvas);
        },
        blind: () => { unseen = { unseen: 'something lies over the stage' }; },
      },
    });
    setInterval(() => socket.send(JSON.stringify({ type: 'beat', turn: null, frameAt: Date.now(), heapBytes: null, viewport: { width: innerWidth, height: innerHeight }, ...unseen })), 1000);
  };
}
// As the stage does: nothing is said to be there before it is drawn.
await document.images[0].decode();
await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
connect();
`;

export async function tinyStage(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-stage-'));
  mkdirSync(join(folder, 'assets'));
  copyFileSync(join(import.meta.dirname, 'fixtures', 'shell-page.js'), join(folder, 'assets', 'shell-page.js'));
  writeFileSync(join(folder, 'assets', 'main.js'), main);
  writeFileSync(join(folder, 'assets', 'page.css'), 'body { margin: 0; background: #123456 } img { display: block; margin: 40px }');
  writeFileSync(join(folder, 'code.svg'), await qrcode.toString(codeOnStage, { type: 'svg', margin: 4, width: 300 }));
  writeFileSync(
    join(folder, 'stage.html'),
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="assets/page.css"><img src="code.svg" width="300" height="300" alt=""><script type="module" src="assets/main.js"></script>',
  );
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
