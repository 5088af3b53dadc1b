// The command line of the browser: a dark window without a word of its own. https://peter.sh/experiments/chromium-command-line-switches/
import type { WindowMode } from '../player/shell-arguments.ts';
import { darkHex } from '../player/stage-policy.ts';

export interface FlagOptions {
  readonly mode: WindowMode;
  readonly width: number;
  readonly height: number;
  /** Folder of the browser's own files. */
  readonly profileFolder: string;
  readonly sandbox: boolean;
  /** Draws without the graphics card, whose process has ended too often. */
  readonly software: boolean;
}

/** Dark until the stage is loaded. The stage's address carries a secret and never stands on a command line, which others on the machine can read. */
const firstPage = `data:text/html,<meta name=google content=notranslate><meta name=color-scheme content=dark><style>html{background:%23${darkHex};cursor:none}</style>`;

const features = [
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'OverscrollHistoryNavigation',
  'PrivacySandboxSettings4',
  'TouchpadOverscrollHistoryNavigation',
];

const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--noerrdialogs',
  '--disable-infobars',
  '--disable-session-crashed-bubble',
  '--hide-crash-restore-bubble',
  '--disable-prompt-on-repost',
  '--disable-notifications',
  '--disable-search-engine-choice-screen',
  '--block-new-web-contents',
  '--suppress-message-center-popups',
  '--force-dark-mode',
];

const offline = [
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-component-extensions-with-background-pages',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-quic',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-proxy-server',
  '--password-store=basic',
  '--use-mock-keychain',
];

const awake = [
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--disable-renderer-backgrounding',
];

const pixels = [
  '--force-device-scale-factor=1',
  '--hide-scrollbars',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--autoplay-policy=no-user-gesture-required',
  '--window-position=0,0',
  // Red, green, blue, opacity; only read without a window, DevTools sets it for the others.
  `--default-background-color=${darkHex}ff`,
  // The files lie on this disk already, and their addresses change with every boot.
  `--disk-cache-size=${16 * 2 ** 20}`,
];

/** Where no window manager makes it full screen, X11 leaves a window of exactly the display's size one row and one column short of it. */
const kioskMargin = 1;

function windowFlags({ mode, width, height }: FlagOptions): string[] {
  const margin = mode === 'kiosk' ? kioskMargin : 0;
  const size = `--window-size=${width + margin},${height + margin}`;
  if (mode === 'headless') return ['--headless=new', '--disable-gpu', '--mute-audio', size];
  return mode === 'kiosk' ? ['--kiosk', '--start-fullscreen', size] : [size];
}

export function browserFlags(options: FlagOptions): string[] {
  const { mode, profileFolder, sandbox, software } = options;
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profileFolder}`,
    ...(sandbox ? [] : ['--no-sandbox']),
    ...windowFlags(options),
    ...(software && mode !== 'headless' ? ['--disable-gpu'] : []),
    ...quiet,
    ...offline,
    ...awake,
    ...pixels,
    `--disable-features=${features.join(',')}`,
    `--app=${firstPage}`,
  ];
}
