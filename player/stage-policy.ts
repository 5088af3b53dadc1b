// What the page in the window may do, told to the browser with every answer: only its own files, no pop-up, no dialog, no form.

/** Colour of window and empty page before the stage has drawn; the ink of the identity. */
export const darkColour = { r: 0x1b, g: 0x07, b: 0x09 } as const;

/** Two digits a part, without a sign in front: `1b0709`. */
export const darkHex = [darkColour.r, darkColour.g, darkColour.b].map((part) => part.toString(16).padStart(2, '0')).join('');

/** What the log says when the page tries another address. */
export const leavingText = 'the page tried to leave the stage';

const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self' data:",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  // 'self' covers the WebSocket of the same host and port.
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  // Without allow-popups, allow-modals and allow-downloads none of these can be seen on a screen.
  sandbox: 'allow-scripts allow-same-origin',
};

export const stageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=(), display-capture=()',
};
