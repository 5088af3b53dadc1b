// Where the sun stands over a place: enough to know day, dusk and night to about a minute, with no table and no network.

export interface Place {
  /** Degrees, north and east positive. */
  readonly latitude: number;
  readonly longitude: number;
}

export const hanoi: Place = { latitude: 21.0285, longitude: 105.8542 };

const dayMs = 86_400_000;
const j2000 = Date.UTC(2000, 0, 1, 12);
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Elevation of the sun's centre above the horizon in degrees, refraction left out (Astronomical Almanac, low precision, 0.01°). */
export function sunElevation(instant: number, { latitude, longitude }: Place = hanoi): number {
  const days = (instant - j2000) / dayMs;
  const anomaly = radians(357.528 + 0.9856003 * days);
  const eclipticLongitude = radians(280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly));
  const obliquity = radians(23.439 - 0.0000004 * days);
  const rightAscension = Math.atan2(Math.cos(obliquity) * Math.sin(eclipticLongitude), Math.cos(eclipticLongitude));
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(eclipticLongitude));
  const sidereal = radians(280.46062 + 360.98564737 * days + longitude);
  const hourAngle = sidereal - rightAscension;
  const sine = Math.sin(radians(latitude)) * Math.sin(declination) + Math.cos(radians(latitude)) * Math.cos(declination) * Math.cos(hourAngle);
  return (Math.asin(sine) * 180) / Math.PI;
}
