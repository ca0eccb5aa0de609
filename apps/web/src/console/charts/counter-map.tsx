import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../shared/i18n.js';
import type { Look } from '../counter-words.js';
import { type MapOfCounties, sizeOf } from './county-map.js';
import { type Gathered, type Pin, type Sight, ZOOM_MOST, gather, sightWithin } from './gather.js';
import { useWidth } from './use-width.js';

/** A counter, or some that the service has gathered already; in the map's own units. */
export interface CounterPin extends Pin {
  readonly name: string;
  /** Null of several. */
  readonly look: Look | null;
}

/** In the map's own units. */
export interface MapEdges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Props {
  readonly map: Pick<MapOfCounties, 'width' | 'height' | 'counties'>;
  readonly pins: readonly CounterPin[];
  readonly height: number;
  readonly pick: (pins: readonly CounterPin[]) => void;
  /** What is seen now, once it has come to rest. */
  readonly seen: (edges: MapEdges) => void;
}

/** In pixels: what is nearer than that lies upon each other. */
const CELL = 46;
/** A name that is wider than its county would lie upon its neighbour's. */
const NAMED = { width: 52, height: 30 };
/** A hand that trembles has not moved the map. */
const STILL = 4;
const REST_MS = 250;

const WHOLE: Sight = { zoom: 1, x: Infinity, y: Infinity };

/** A form for each state, because colours alone say nothing to some; larger where there are several. */
function Mark({ pin }: { pin: Gathered<CounterPin> }) {
  const [only] = pin.items;
  if (pin.count === 1 && only && only.look !== null)
    switch (only.look) {
      case 'ok':
        return <circle className="pin is-ok" r="6.5" />;
      case 'empty':
        return <rect className="pin is-empty" x="-6" y="-6" width="12" height="12" />;
      case 'silent':
        return <circle className="pin is-silent" r="6" />;
      case 'trouble':
        return <path className="pin is-trouble" d="M0 -9L8.500 6.500L-8.500 6.500Z" />;
    }
  const radius = 13 + Math.min(13, Math.log2(pin.count) * 1.6);
  return (
    <>
      <circle className={`pin is-many ${pin.troubledCount > 0 ? 'has-trouble' : ''}`} r={radius} />
      <text className="pin-count" y="4.500">
        {pin.count}
      </text>
    </>
  );
}

/** Counters where they stand, gathered where they would lie upon each other. For the eye and the hand; what it says stands in the table as well. */
export function CounterMap({ map, pins, height, pick, seen }: Props) {
  const [box, width] = useWidth<HTMLDivElement>(640);
  const [wanted, setSight] = useState<Sight>(WHOLE);
  const sight = useMemo(
    () =>
      wanted === WHOLE
        ? { zoom: 1, x: map.width / 2, y: map.height / 2 }
        : sightWithin(wanted, { width: map.width, height: map.height }),
    [wanted, map],
  );
  const scale = Math.min((width - 24) / map.width, (height - 24) / map.height) * sight.zoom;
  const place = ({ x, y }: { x: number; y: number }) =>
    [(x - sight.x) * scale + width / 2, (y - sight.y) * scale + height / 2] as const;
  const grab = useRef<{ x: number; y: number; from: Sight } | null>(null);
  const hasMoved = useRef(false);
  const sized = useMemo(() => map.counties.map((shape) => ({ shape, size: sizeOf(shape) })), [map]);
  const all = useMemo(() => gather(pins, CELL / scale), [pins, scale]);
  const shown = all.filter((pin) => {
    const [x, y] = place(pin);
    return x > -40 && x < width + 40 && y > -40 && y < height + 40;
  });
  const latest = useRef(seen);
  latest.current = seen;
  useEffect(() => {
    const [across, down] = [width / 2 / scale, height / 2 / scale];
    const edges = {
      left: sight.x - across,
      top: sight.y - down,
      right: sight.x + across,
      bottom: sight.y + down,
    };
    const timer = setTimeout(() => latest.current(edges), REST_MS);
    return () => clearTimeout(timer);
  }, [sight, scale, width, height]);

  const zoomBy = (factor: number, at: { x: number; y: number } = sight) =>
    setSight({
      zoom: sight.zoom * factor,
      x: at.x,
      y: at.y,
    });
  const down = (event: PointerEvent<SVGSVGElement>) => {
    hasMoved.current = false;
    grab.current = { x: event.clientX, y: event.clientY, from: sight };
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const held = grab.current;
    if (!held) return;
    const [byX, byY] = [event.clientX - held.x, event.clientY - held.y];
    if (!hasMoved.current && Math.hypot(byX, byY) < STILL) return;
    // Only then: a tap that takes hold of the map would reach no pin.
    if (!hasMoved.current) event.currentTarget.setPointerCapture(event.pointerId);
    hasMoved.current = true;
    setSight({ zoom: sight.zoom, x: held.from.x - byX / scale, y: held.from.y - byY / scale });
  };
  const up = () => (grab.current = null);
  const choose = (pin: Gathered<CounterPin>) => {
    if (hasMoved.current) return;
    if (pin.count > 1 && sight.zoom < ZOOM_MOST) zoomBy(2.5, pin);
    else pick(pin.items);
  };
  return (
    <div className="map counter-map" ref={box}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      >
        <g transform={`translate(${place({ x: 0, y: 0 }).join(' ')}) scale(${scale})`}>
          {map.counties.map(({ code, path }) => (
            <path key={code} className="counter-county" d={path} />
          ))}
        </g>
        {sized
          .filter(({ size }) => size.width * scale >= NAMED.width && size.height * scale >= NAMED.height)
          .map(({ shape: { code, name, x, y } }) => {
            const [at, below] = place({ x, y });
            return (
              <text key={code} className="counter-name" x={at} y={below}>
                {name}
              </text>
            );
          })}
        {shown.map((pin) => (
          <g
            key={pin.key}
            className="pin-place"
            transform={`translate(${place(pin)
              .map((each) => each.toFixed(1))
              .join(' ')})`}
            onClick={() => choose(pin)}
          >
            <title>{pin.items.length === 1 ? pin.items[0]?.name : t('{n} 台', { n: pin.count })}</title>
            <Mark pin={pin} />
          </g>
        ))}
      </svg>
      <div className="map-tools no-print" role="group" aria-label={t('地图大小')}>
        <button type="button" aria-label={t('放大')} onClick={() => zoomBy(2)}>
          ＋
        </button>
        <button type="button" aria-label={t('缩小')} onClick={() => zoomBy(0.5)}>
          －
        </button>
        <button type="button" onClick={() => setSight(WHOLE)}>
          {t('全图')}
        </button>
      </div>
    </div>
  );
}
