import { t } from '../shared/i18n.js';
import type { CityOutline } from './outline.documents.js';
import { metres } from './place.js';
import { type Spot, around, placing, roomFor, within } from './sketch.rules.js';

/** Half of the drawing, in its own units. */
const RADIUS = 160;

interface SketchProps {
  readonly spots: readonly Spot[];
  /** Where one is; null where that does not matter. */
  readonly place: { readonly longitude: number; readonly latitude: number } | null;
  /** Null where there is no map: then there are rings alone. */
  readonly outline: CityOutline | null;
  /** All of the city, and not only what is near. */
  readonly isWide: boolean;
  /** The county it is about. */
  readonly countyCode?: string;
}

/** Where things lie, on the lines of the counties: a sketch. Whatever stands on it stands in a list beside it. */
export function Sketch({ spots, place, outline, isWide, countyCode }: SketchProps) {
  const furthestM = Math.max(200, ...spots.map(({ distanceM }) => distanceM));
  const isWhole = outline !== null && (isWide || place === null);
  const to = isWhole
    ? within(outline, RADIUS)
    : around(place ?? { longitude: 0, latitude: 0 }, furthestM, RADIUS);
  const names = isWhole
    ? roomFor(
        outline.counties
          .filter(({ code }) => countyCode === undefined || code === countyCode)
          .map(({ code, name, x, y }) => ({
            code,
            name,
            left: to.x(outline.west + (x / outline.width) * (outline.east - outline.west)),
            top: to.y(outline.north - (y / outline.height) * (outline.north - outline.south)),
          })),
      )
    : [];
  const at = (longitude: number, latitude: number) =>
    `translate(${to.x(longitude).toFixed(1)} ${to.y(latitude).toFixed(1)})`;
  return (
    <figure className={isWhole ? 'sketch is-whole' : 'sketch'}>
      <svg viewBox={`${-RADIUS} ${-RADIUS} ${2 * RADIUS} ${2 * RADIUS}`} aria-hidden="true">
        {outline && (
          <g className="sketch-land" transform={placing(outline, to)}>
            {outline.counties.map(({ code, path }) => (
              <path key={code} d={path} className={code === countyCode ? 'is-it' : undefined} />
            ))}
          </g>
        )}
        {!isWhole &&
          [0.88, 0.58, 0.29].map((part) => <circle key={part} r={RADIUS * part} className="sketch-ring" />)}
        {names.map(({ code, name, left, top }) => (
          <text key={code} className="sketch-name" textAnchor="middle" x={left} y={top}>
            {name}
          </text>
        ))}
        {place && <circle r="6" className="sketch-self" transform={at(place.longitude, place.latitude)} />}
        {[...spots].reverse().map(({ id, number, longitude, latitude }) => (
          <g key={id} transform={at(longitude, latitude)}>
            <circle r={isWhole ? 5 : 13} className="sketch-pin" />
            {!isWhole && (
              <text textAnchor="middle" dy="0.35em">
                {number}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption>
        {isWhole
          ? t('示意图，不作为划界依据')
          : t('示意图，上北下南，外圈约 {distance}', { distance: metres(furthestM) })}
      </figcaption>
    </figure>
  );
}
