import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** Degrees. */
export interface Position {
  readonly longitude: number;
  readonly latitude: number;
}

export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

const EARTH_M = 6_371_009;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Along the surface of a sphere (haversine), in whole metres. */
export function distanceM(a: Position, b: Position): number {
  const [dLat, dLon] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** Everything within so many metres lies in it, and some of what does not. Nothing of ours lies near the poles or the date line. */
export function boxAround({ longitude, latitude }: Position, radiusM: number): Box {
  const dLat = (radiusM / EARTH_M) * (180 / Math.PI);
  const dLon = dLat / Math.max(0.01, Math.cos(radians(latitude)));
  return {
    west: longitude - dLon,
    east: longitude + dLon,
    south: latitude - dLat,
    north: latitude + dLat,
  };
}

export function refusePosition({ longitude, latitude }: Position): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (!(Math.abs(longitude) <= 180))
    fields.push({ path: 'longitude', message: { zh: '经度有误', en: 'Longitude is out of range.' } });
  if (!(Math.abs(latitude) <= 90))
    fields.push({ path: 'latitude', message: { zh: '纬度有误', en: 'Latitude is out of range.' } });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
