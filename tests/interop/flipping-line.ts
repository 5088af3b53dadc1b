// A line between a player and its server that changes what it carries: answers by HTTP, and hashes of equal length in the frames of the socket.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface FlippingLine {
  readonly url: string;
  /** Every batch of plays that was sent, as it came. */
  readonly uploads: readonly string[];
  /** What becomes of an answer's bytes; the path says whose. */
  answer: (path: string, bytes: Buffer) => Buffer;
  /** What becomes of text that the server says by socket; of equal length. */
  frame: (text: string) => string;
  stop(): Promise<void>;
}

export async function startFlippingLine(target: string): Promise<FlippingLine> {
  const uploads: string[] = [];
  const carry = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '/', method = 'GET', headers } = request;
    const body = await buffer(request);
    if (method === 'POST') uploads.push(body.toString('utf8'));
    const contentType = headers['content-type'];
    const sent = method === 'POST' ? { method, body: new Uint8Array(body), headers: contentType === undefined ? {} : { 'content-type': contentType } } : {};
    const came = await fetch(new URL(url, target), sent);
    const whole = Buffer.from(await came.arrayBuffer());
    const bytes = line.answer(url, whole);
    response.writeHead(bytes === whole ? came.status : 200, { 'content-type': came.headers.get('content-type') ?? 'application/octet-stream' }).end(bytes);
  };
  const server: Server = createServer((request, response) => void carry(request, response).catch(() => request.socket.destroy()));
  server.on('upgrade', ({ url = '/', headers }: IncomingMessage, near) => {
    const far = connect(Number(new URL(target).port), '127.0.0.1', () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
      far.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      near.pipe(far);
    });
    const changed = new Transform({ transform: (bytes: Buffer, _, done) => done(null, Buffer.from(line.frame(bytes.toString('latin1')), 'latin1')) });
    far.pipe(changed).pipe(near);
    for (const side of [near, far]) side.on('error', () => undefined).on('close', () => [near, far].forEach((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: FlippingLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uploads,
    answer: (_, bytes) => bytes,
    frame: (text) => text,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}
