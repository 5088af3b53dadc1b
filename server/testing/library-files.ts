// Files that somebody sends into the library, as the console sends them.
import { mediaEntrySchema, mediaPaths, uploadSchema, type MediaEntry } from '../../core/media-api.ts';
import { finishUpload } from './finish-upload.ts';
import type { Staff, TestServer } from './test-server.ts';

export interface LibraryFiles {
  /** Announces a file and sends all of it. @returns the id of the upload */
  send(bytes: Uint8Array, name: string): Promise<string>;
  /** Sends a file. @returns the answer that says what became of it */
  upload(bytes: Uint8Array, name: string): ReturnType<Staff['call']>;
  /** Sends a file that the library takes as a new one. @returns what it says of it, and the bytes that screens get @throws Error where it is not taken */
  take(bytes: Uint8Array, name: string): Promise<{ entry: MediaEntry; bytes: Buffer }>;
}

export function libraryFiles(server: TestServer, by: Staff & { readonly cookie: string }): LibraryFiles {
  const send = async (bytes: Uint8Array, name: string) => {
    const { id } = uploadSchema.parse((await by.call('POST', mediaPaths.uploads, { name, bytes: bytes.length, modifiedAt: 1 })).body);
    const headers = { host: new URL(server.url).host, origin: server.url, cookie: by.cookie, 'content-type': 'application/octet-stream' };
    if (bytes.length > 0) await server.app.inject({ method: 'PUT', url: `${mediaPaths.upload(id)}?offset=0`, headers, payload: Buffer.from(bytes) });
    return id;
  };
  const upload = async (bytes: Uint8Array, name: string) => finishUpload(by, await send(bytes, name));
  return {
    send,
    upload,
    async take(bytes, name) {
      const answer = await upload(bytes, name);
      if (answer.status !== 201) throw new Error(`${name} was not taken as a new file: ${answer.text}`);
      const entry = mediaEntrySchema.parse(answer.body);
      return { entry, bytes: (await server.app.inject(`/media/${entry.sha256}`)).rawPayload };
    },
  };
}
