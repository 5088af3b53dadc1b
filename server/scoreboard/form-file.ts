// The one file of a form, from a body that is already in memory and within its limit.
import { Busboy } from '@fastify/busboy';

export interface FormFile {
  readonly name: string | undefined;
  readonly bytes: Uint8Array;
}

/** @returns undefined when the body is no form, breaks off, or has no file */
export function readFormFile(body: Uint8Array, contentType: string): Promise<FormFile | undefined> {
  return new Promise((resolve) => {
    let form;
    try {
      form = new Busboy({ headers: { 'content-type': contentType }, limits: { files: 1, fields: 10, parts: 12, fileSize: body.length } });
    } catch {
      // The content type names no boundary.
      resolve(undefined);
      return;
    }
    let file: FormFile | undefined;
    form.on('file', (_field, stream, name: string | undefined) => {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        file = { name, bytes: Buffer.concat(chunks) };
      });
      stream.on('error', () => resolve(undefined));
    });
    form.on('error', () => resolve(undefined));
    form.on('finish', () => resolve(file));
    form.end(body);
  });
}
