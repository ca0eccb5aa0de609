import type { CityOutline } from './outline.documents.js';

export interface Spot {
  readonly id: string;
  readonly number: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly distanceM: number;
}

interface Centre {
  readonly longitude: number;
  readonly latitude: number;
}

/** Metres of a degree of latitude; at the size of a city the earth is flat. */
const DEGREE_M = 111_320;

/** What of the drawing is used: pins are not cut off at its edge. */
const USED = 0.88;

const eastOf = (latitude: number): number => DEGREE_M * Math.cos((latitude * Math.PI) / 180);

/** From degrees to a drawing with one's place in its middle, so many units from there to its edge, north above. */
export interface Projection {
  readonly x: (longitude: number) => number;
  readonly y: (latitude: number) => number;
  readonly furthestM: number;
}

/** Everything that is at most so far away. */
export function around(centre: Centre, furthestM: number, radius: number): Projection {
  const scale = (radius * USED) / furthestM;
  return {
    x: (longitude) => (longitude - centre.longitude) * eastOf(centre.latitude) * scale,
    y: (latitude) => (centre.latitude - latitude) * DEGREE_M * scale,
    furthestM,
  };
}

type Edges = Pick<CityOutline, 'west' | 'north' | 'east' | 'south'>;

/** All of a city. */
export function within({ west, north, east, south }: Edges, radius: number): Projection {
  const centre = { longitude: (west + east) / 2, latitude: (north + south) / 2 };
  const halfM = Math.max(((east - west) / 2) * eastOf(centre.latitude), ((north - south) / 2) * DEGREE_M);
  return around(centre, halfM, radius);
}

/** How the outline's own units come to stand in the drawing: `matrix(…)` of SVG. */
export function placing(
  { width, height, ...edges }: Edges & Pick<CityOutline, 'width' | 'height'>,
  to: Projection,
): string {
  const { west, north, east, south } = edges;
  const [left, right, top, bottom] = [to.x(west), to.x(east), to.y(north), to.y(south)];
  const numbers = [(right - left) / width, 0, 0, (bottom - top) / height, left, top];
  return `matrix(${numbers.map((number) => Number(number.toFixed(4))).join(' ')})`;
}

/** Room that the letters of a name take in the drawing, in elder mode too. */
const NAME = { width: 66, height: 22 };

/** The names that have room, in the order given: one that would lie on another is left out. */
export function roomFor<One extends { readonly left: number; readonly top: number }>(
  names: readonly One[],
): One[] {
  const kept: One[] = [];
  for (const name of names) {
    const lies = ({ left, top }: One) =>
      Math.abs(left - name.left) < NAME.width && Math.abs(top - name.top) < NAME.height;
    if (!kept.some(lies)) kept.push(name);
  }
  return kept;
}
