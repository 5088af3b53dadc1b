// Which words of Electron's command line are meant for the player.

/** Started as `electron [switches] main.js options`, or packaged as `ihanoi-display [switches] options`: switches of Chromium come first. */
export function playerArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  const words = argv.slice(1);
  if (!isPackaged) return words.slice(words.findIndex((word) => !word.startsWith('-')) + 1);
  return words.filter((word) => !chromiumSwitches.includes(word));
}

const chromiumSwitches = ['--no-sandbox', '--disable-gpu', '--ozone-platform=wayland', '--ozone-platform=x11'];
