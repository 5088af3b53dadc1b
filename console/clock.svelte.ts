// The server's time, ticking once a second, so that ages are right on a computer whose clock is not.
let offsetMs = 0;
let tick = $state(Date.now());

setInterval(() => (tick = Date.now()), 1000);

export const clock = {
  /** Epoch milliseconds on the server, to about a second. */
  get now(): number {
    return tick + offsetMs;
  },
  /** Learns from an answer's Date header, which has whole seconds: differences under two seconds are rounding. */
  learn(response: Response): void {
    const stated = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(stated)) return;
    const difference = stated + 500 - Date.now();
    offsetMs = Math.abs(difference) < 2000 ? 0 : difference;
    tick = Date.now();
  },
};
