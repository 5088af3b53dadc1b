// Tells of a change at once; further changes of the same kind wait a little and are told together.

const gatherMs = 250;

/** Reports of many screens come in bursts; whoever listens asks again a few times a second at most, and never misses the last one. */
export function gathered<Event extends string>(tell: (event: Event) => void, waitMs = gatherMs): (event: Event) => void {
  const again = new Map<Event, boolean>();

  const wait = (event: Event) => {
    again.set(event, false);
    setTimeout(() => {
      if (again.get(event)) {
        tell(event);
        wait(event);
      } else again.delete(event);
    }, waitMs).unref();
  };

  return (event) => {
    if (again.has(event)) again.set(event, true);
    else {
      tell(event);
      wait(event);
    }
  };
}
