/** A county as it is drawn: a path in the map's own units, and the place of its name. */
export interface CountyShape {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  /** On the grid of equal tiles, from 0. */
  readonly column: number;
  readonly row: number;
}

export interface CountyMap {
  readonly width: number;
  readonly height: number;
  /** Degrees at its edges, for whoever puts places on it. */
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
  readonly counties: readonly CountyShape[];
}

type Point = readonly [longitude: number, latitude: number];
type Ring = readonly Point[];

/** What we read of a GeoJSON (RFC 7946). */
export interface MapFile {
  readonly features: readonly {
    readonly properties: {
      readonly adcode: string;
      readonly name: string;
      readonly tile?: readonly [column: number, row: number];
    };
    readonly geometry:
      | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
      | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };
  }[];
}

type Geometry = MapFile['features'][number]['geometry'];

/** Of the longer side: more than a screen shows, and whole numbers keep the paths short. */
const SIDE = 1_000;

/** Tiles without a place of their own go below those that have one, so many beside each other. */
const TILE_COLUMNS = 3;

const ringsOf = (geometry: Geometry): readonly Ring[] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

/** Twice the area that a ring goes around, and the point on which that would balance. */
function balanceOf(ring: readonly Point[]): { readonly area: number; readonly centre: Point } {
  let [area, x, y] = [0, 0, 0];
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  const [first = [0, 0]] = ring;
  return { area: Math.abs(area), centre: area === 0 ? first : [x / (3 * area), y / (3 * area)] };
}

/**
 * Flat, with north above: at the size of a city degrees of longitude are shorter by the cosine of the latitude, and that is all of the
 * earth's roundness that anybody sees.
 */
export function countyMapOf({ features }: MapFile): CountyMap {
  const points = features.flatMap(({ geometry }) => ringsOf(geometry).flat());
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = SIDE / Math.max((east - west) * narrowing, north - south);
  const place = ([longitude, latitude]: Point): Point => [
    Math.round((longitude - west) * narrowing * scale),
    Math.round((north - latitude) * scale),
  ];
  const rowsTaken = Math.max(0, ...features.map(({ properties: { tile } }) => (tile?.[1] ?? -1) + 1));
  let untiled = 0;
  const tileAt = (tile: Point | undefined): Point => {
    if (tile) return tile;
    untiled += 1;
    return [(untiled - 1) % TILE_COLUMNS, rowsTaken + Math.floor((untiled - 1) / TILE_COLUMNS)];
  };
  const counties = features
    .toSorted((a, b) => (a.properties.adcode < b.properties.adcode ? -1 : 1))
    .map(({ properties: { adcode, name, tile }, geometry }) => {
      const rings = ringsOf(geometry).map((ring) => ring.map(place));
      const [largest] = rings.map(balanceOf).toSorted((a, b) => b.area - a.area);
      const [x, y] = largest?.centre ?? [0, 0];
      const [column, row] = tileAt(tile);
      const path = rings.map((ring) => `M${ring.map((point) => point.join(' ')).join('L')}Z`).join('');
      return { code: adcode, name, path, x: Math.round(x), y: Math.round(y), column, row };
    });
  const [width, height] = place([east, south]);
  return { width, height, west, north, east, south, counties };
}
