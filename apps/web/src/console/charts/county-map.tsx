import { Link } from 'wouter';
import { shadeOf, spread } from './scale.js';
import { useWidth } from './use-width.js';

export interface Shape {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly row: number;
}

export interface MapOfCounties {
  readonly width: number;
  readonly height: number;
  readonly counties: readonly Shape[];
}

export interface CountyFigure {
  readonly value: number;
  readonly text: string;
  readonly href: string;
}

interface Props {
  readonly map: MapOfCounties;
  /** Null for a county of somebody else's, which is drawn and says nothing: it is not nought. */
  readonly figureOf: (code: string) => CountyFigure | null;
}

/** In pixels: room for names beside the map, how high a name is, how small a county is to have its name beside it. */
const SIDE = 148;
const LINE = 34;
const SMALL = { width: 120, height: 70 };
const CHARACTER = { name: 14, figure: 7.6 };

const widthOf = (name: string, text: string): number =>
  Array.from(name).reduce(
    (sum, sign) => sum + (sign > '\u2E80' ? CHARACTER.name : CHARACTER.name * 0.55),
    22,
  ) +
  text.length * CHARACTER.figure;

/** In the map's own units. */
export function sizeOf({ path }: Shape): { readonly width: number; readonly height: number } {
  const numbers = path.match(/\d+/g)?.map(Number) ?? [];
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
}

function highestOf({ map, figureOf }: Props): number {
  return Math.max(0, ...map.counties.map(({ code }) => figureOf(code)?.value ?? 0));
}

/** Counties in shades of what they have sold; small ones have their name beside the map. A sketch, as it says below. */
export function CountyMapDrawing({ map, figureOf, height }: Props & { height: number }) {
  const [box, width] = useWidth<HTMLDivElement>(640);
  const side = Math.min(SIDE, width / 4);
  const scale = Math.min((width - 2 * side) / map.width, (height - 16) / map.height);
  const left = (width - map.width * scale) / 2;
  const top = (height - map.height * scale) / 2;
  const highest = highestOf({ map, figureOf });
  const placed = map.counties.flatMap((shape) => {
    const figure = figureOf(shape.code);
    if (!figure) return [];
    const size = sizeOf(shape);
    return {
      shape,
      text: figure.text,
      key: shape.code,
      x: left + shape.x * scale,
      y: top + shape.y * scale,
      isSmall: size.width * scale < SMALL.width || size.height * scale < SMALL.height,
    };
  });
  const small = placed.filter(({ isSmall }) => isSmall).sort((a, b) => a.x - b.x);
  const middle = Math.ceil(small.length / 2);
  const beside = (['left', 'right'] as const).flatMap((where) =>
    spread(where === 'left' ? small.slice(0, middle) : small.slice(middle), LINE, height - LINE / 2).map(
      (label) => ({ ...label, where }),
    ),
  );
  const plate = (name: string, text: string, x: number, y: number) => {
    const wide = widthOf(name, text);
    return (
      <g transform={`translate(${(x - wide / 2).toFixed(1)} ${(y - 13).toFixed(1)})`}>
        <rect className="map-plate" width={wide} height="26" rx="5" />
        <text className="map-word" x="8" y="18">
          {name}
          <tspan className="map-figure" dx="6">
            {text}
          </tspan>
        </text>
      </g>
    );
  };
  return (
    <div className="map" ref={box}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <g transform={`translate(${left.toFixed(1)} ${top.toFixed(1)}) scale(${scale.toFixed(4)})`}>
          {map.counties.map(({ code, name, path }) => {
            const figure = figureOf(code);
            if (!figure) return <path key={code} className="map-county is-others" d={path} />;
            const { value, text, href } = figure;
            return (
              <Link key={code} href={href} aria-label={`${name} ${text}`}>
                <path className={`map-county shade-${shadeOf(value, highest)}`} d={path} />
              </Link>
            );
          })}
        </g>
        <g className="map-words" aria-hidden="true">
          {placed
            .filter(({ isSmall }) => !isSmall)
            .map(({ shape, text, x, y }) => (
              <g key={shape.code}>{plate(shape.name, text, x, y)}</g>
            ))}
          {beside.map(({ shape, text, x, where, y, key }) => {
            const half = widthOf(shape.name, text) / 2;
            const at =
              where === 'left'
                ? Math.max(half, left - 16 - half)
                : Math.min(width - half, left + map.width * scale + half - 8);
            const own = top + shape.y * scale;
            const edge = where === 'left' ? at + half : at - half;
            return (
              <g key={key}>
                <path
                  className="map-lead"
                  d={`M${edge.toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${own.toFixed(1)}`}
                />
                <circle className="map-dot" cx={x} cy={own} r="3.5" />
                {plate(shape.name, text, at, y)}
              </g>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

/** The same as tiles of one size: small districts are as easy to read as large counties, and no border is drawn. */
export function CountyTiles({ map, figureOf }: Props) {
  const highest = highestOf({ map, figureOf });
  return (
    <ul className="tiles">
      {map.counties.map(({ code, name, column, row }) => {
        const figure = figureOf(code);
        return (
          <li key={code} style={{ gridColumn: column + 1, gridRow: row + 1 }}>
            {figure ? (
              <Link className={`tile shade-${shadeOf(figure.value, highest)}`} href={figure.href}>
                <b>{name}</b>
                <span>{figure.text}</span>
              </Link>
            ) : (
              <p className="tile is-others">{name}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
