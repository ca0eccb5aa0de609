import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { t } from '../../shared/i18n.js';
import { ticksOf } from './scale.js';
import { useWidth } from './use-width.js';

export interface TrendPoint {
  readonly label: string;
  readonly now: number;
  /** Null on all of them where nothing is compared with. */
  readonly before: number | null;
  /** As they are written, from whole fen. */
  readonly nowText: string;
  readonly beforeText: string;
}

export interface TrendMark {
  readonly at: number;
  readonly name: string;
}

const PAD = { left: 56, right: 16, top: 28, bottom: 26 };
const HEIGHT = 300;
/** How much room a word below the axis wants. */
const LABEL_WIDTH = 56;

const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** This year's line over last year's where there is one, with what was called for meanwhile. Arrow keys and a finger read it out. */
export function Trend({
  points,
  marks,
  summary,
  height = HEIGHT,
}: {
  points: readonly TrendPoint[];
  marks: readonly TrendMark[];
  summary: string;
  height?: number;
}) {
  const [box, width] = useWidth<HTMLDivElement>(600);
  const [at, setAt] = useState<number | null>(null);
  const inner = Math.max(1, width - PAD.left - PAD.right);
  const ticks = ticksOf(Math.max(0, ...points.flatMap(({ now, before }) => [now, before ?? 0])));
  const highest = ticks[ticks.length - 1] ?? 1;
  const xOf = (index: number) =>
    PAD.left + (points.length < 2 ? inner / 2 : (index / (points.length - 1)) * inner);
  const yOf = (value: number) =>
    height - PAD.bottom - (Math.max(0, value) / highest) * (height - PAD.top - PAD.bottom);
  const now = points.map((point, index) => [xOf(index), yOf(point.now)] as const);
  const isCompared = points.some((each) => each.before !== null);
  const before = points.map((point, index) => [xOf(index), yOf(point.before ?? 0)] as const);
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / inner));
  const place = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - PAD.left;
    const index = Math.round((x / inner) * (points.length - 1));
    setAt(Math.min(points.length - 1, Math.max(0, index)));
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    setAt(Math.min(points.length - 1, Math.max(0, (at ?? (by > 0 ? -1 : points.length)) + by)));
  };
  const point = at === null ? undefined : points[at];
  return (
    <div className="trend" ref={box}>
      <p className="trend-read" role="status">
        {point ? (
          <>
            <b>{point.label}</b>
            <span className="is-now">{t('本期 {n}', { n: point.nowText })}</span>
            {isCompared && <span className="is-before">{t('上年同期 {n}', { n: point.beforeText })}</span>}
          </>
        ) : (
          <>
            <span className="is-now">{t('本期')}</span>
            {isCompared && <span className="is-before">{t('上年同期')}</span>}
          </>
        )}
      </p>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={summary}
        tabIndex={0}
        onPointerMove={place}
        onPointerDown={place}
        onPointerLeave={() => setAt(null)}
        onKeyDown={step}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-line" x1={PAD.left} x2={width - PAD.right} y1={yOf(tick)} y2={yOf(tick)} />
            <text className="chart-word" x={PAD.left - 8} y={yOf(tick) + 4} textAnchor="end">
              {Number(tick.toFixed(6)).toLocaleString('en')}
            </text>
          </g>
        ))}
        {points.map(({ label }, index) =>
          index % every === 0 ? (
            <text key={label} className="chart-word" x={xOf(index)} y={height - 6} textAnchor="middle">
              {label}
            </text>
          ) : null,
        )}
        {marks.map((mark) => (
          <g key={`${mark.at} ${mark.name}`}>
            <line
              className="chart-mark"
              x1={xOf(mark.at)}
              x2={xOf(mark.at)}
              y1={PAD.top - 8}
              y2={height - PAD.bottom}
            />
            <text
              className="chart-mark-word"
              x={xOf(mark.at) + (mark.at > points.length / 2 ? -6 : 6)}
              y={PAD.top - 12}
              textAnchor={mark.at > points.length / 2 ? 'end' : 'start'}
            >
              {mark.name}
            </text>
          </g>
        ))}
        {now.length > 1 && (
          <path
            className="chart-area"
            d={`${pathOf(now)}L${xOf(points.length - 1)} ${yOf(0)}L${xOf(0)} ${yOf(0)}Z`}
          />
        )}
        {isCompared && <path className="chart-before" d={pathOf(before)} />}
        <path className="chart-now" d={pathOf(now)} />
        {points.length === 1 && now[0] && (
          <circle className="chart-dot" cx={now[0][0]} cy={now[0][1]} r="5" />
        )}
        {at !== null && now[at] && before[at] && (
          <>
            <line className="chart-cross" x1={xOf(at)} x2={xOf(at)} y1={PAD.top} y2={height - PAD.bottom} />
            {isCompared && (
              <circle className="chart-dot is-before" cx={before[at][0]} cy={before[at][1]} r="4" />
            )}
            <circle className="chart-dot" cx={now[at][0]} cy={now[at][1]} r="5" />
          </>
        )}
      </svg>
    </div>
  );
}
