// One page that shows all pictures at a glance.

export function contactSheet(files: readonly string[]): string {
  const figures = files
    .map((file) => `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${file}</figcaption></figure>`)
    .join('\n');
  return `<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>Shots</title>
<style>
body { background: #222; color: #ddd; font: 13px system-ui; margin: 24px; display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-end; }
figure { margin: 0; }
img { max-height: 300px; max-width: 520px; display: block; }
figcaption { margin-top: 6px; }
</style>
${figures}
</html>
`;
}
