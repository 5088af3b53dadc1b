// What can stand in the way of a start, found before anything is changed, each with one clear line.
import { mkdir, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

export type Startable = { ok: true } | { ok: false; line: string };

export function portLine(host: string, port: number, code: string | undefined): string {
  if (code === 'EADDRINUSE')
    return `Cổng ${port} đang được dùng. Chọn cổng khác hoặc tắt chương trình kia. · Port ${port} is in use. Choose another one or stop the other program.`;
  return `Không mở được ${host}:${port} (${code}). · Cannot listen on ${host}:${port} (${code}).`;
}

export async function checkFolder(folder: string): Promise<Startable> {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await (await open(probe, 'w')).close();
    await rm(probe);
    return { ok: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, line: `Không ghi được vào thư mục dữ liệu ${folder} (${code}). · The data folder ${folder} is not writable (${code}).` };
  }
}

export function checkPort(host: string, port: number): Promise<Startable> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve({ ok: false, line: portLine(host, port, error.code) }));
    probe.listen(port, host, () => probe.close(() => resolve({ ok: true })));
  });
}
