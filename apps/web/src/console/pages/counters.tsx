import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { CounterMap, type CounterPin, type MapEdges } from '../charts/counter-map.js';
import { Panel } from '../charts/panel.js';
import { Table } from '../charts/table.js';
import { AlarmList } from '../counter-alarms.js';
import { COUNTERS, COUNTER_COUNTS } from '../counter.documents.js';
import { type Counter, type Counters, LOOKS, healthWord, lookOf, lookWord } from '../counter-words.js';
import { Only, useDesk } from '../desk.js';
import { countText } from '../figures.js';
import { countyName } from '../review-words.js';
import { useTitle } from '../title.js';
import { Section } from '../ui.js';
import { COUNTY_MAP } from '../volume.documents.js';
import { WallClock } from './wall-clock.js';

/** A map with the degrees at its edges. */
interface Placed extends Box {
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** How many of the map's units a degree is, east and south: at the size of a city each is the same everywhere. */
const unitsOf = ({ width, height, west, east, north, south }: Placed) => ({
  perLongitude: width / (east - west),
  perLatitude: height / (north - south),
});

/** Null where all of the map is seen: then those are counted as well that nobody has surveyed. */
function boxOf({ left, top, right, bottom }: MapEdges, map: Placed): Box | null {
  if (left <= 0 && top <= 0 && right >= map.width && bottom >= map.height) return null;
  const { perLongitude, perLatitude } = unitsOf(map);
  return {
    west: Math.max(-180, map.west + left / perLongitude),
    east: Math.min(180, map.west + right / perLongitude),
    north: Math.min(90, map.north - top / perLatitude),
    south: Math.max(-90, map.north - bottom / perLatitude),
  };
}

function pinsOf({ counters, clusters }: Counters, map: Placed): CounterPin[] {
  const { perLongitude, perLatitude } = unitsOf(map);
  const place = (longitude: number, latitude: number) => ({
    x: (longitude - map.west) * perLongitude,
    y: (map.north - latitude) * perLatitude,
  });
  return [
    ...counters.flatMap(({ id, name, longitude, latitude, health }) => {
      if (longitude === null || latitude === null) return [];
      const look = lookOf(health);
      const troubledCount = look === 'trouble' ? 1 : 0;
      return { key: id, name, look, count: 1, troubledCount, ...place(longitude, latitude) };
    }),
    ...clusters.map(({ longitude, latitude, count, troubledCount }, index) => ({
      key: `many ${index}`,
      name: t('{n} 台', { n: count }),
      look: null,
      count,
      troubledCount,
      ...place(longitude, latitude),
    })),
  ];
}

function CounterTable({ counters }: { counters: readonly Counter[] }) {
  const desk = useDesk();
  return (
    <Table
      caption={t('专柜')}
      rows={counters}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t('专柜'),
          cell: ({ name, cabinetId }) =>
            cabinetId === null ? name : <Link href={`/counters/${cabinetId}`}>{name}</Link>,
        },
        { name: t('县'), cell: ({ countyCode }) => countyName(desk, countyCode) },
        { name: t('状态'), cell: ({ health }) => healthWord(health) },
        { name: t('报警（个）'), isFigure: true, cell: ({ alarmCount }) => countText(alarmCount) },
        { name: t('在运营'), cell: ({ isOperating }) => (isOperating ? t('是') : t('不是')) },
        {
          name: t('最近收到'),
          cell: ({ lastHeardAt }) => (lastHeardAt === null ? '—' : momentOf(lastHeardAt)),
        },
        { name: t('最近卖货'), cell: ({ lastSoldOn }) => (lastSoldOn === null ? '—' : dayOf(lastSoldOn)) },
      ]}
    />
  );
}

/** Where there are too many to read one by one: how many by county, each a way to its own. */
function CountTable({ choose }: { choose: (code: string) => void }) {
  const desk = useDesk();
  const [{ data, error }, again] = useQuery({ query: COUNTER_COUNTS, variables: {} });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" />;
  return (
    <Table
      caption={t('各县专柜')}
      rows={data.counterBoard}
      keyOf={({ countyCode }) => countyCode}
      columns={[
        {
          name: t('县'),
          cell: ({ countyCode }) => (
            <button type="button" className="cell-button" onClick={() => choose(countyCode)}>
              {countyName(desk, countyCode)}
            </button>
          ),
        },
        { name: t('建成（台）'), isFigure: true, cell: ({ builtCount }) => countText(builtCount) },
        { name: t('开通（台）'), isFigure: true, cell: ({ openCount }) => countText(openCount) },
        { name: t('在运营（台）'), isFigure: true, cell: ({ operatingCount }) => countText(operatingCount) },
        { name: t('闲置（台）'), isFigure: true, cell: ({ idleCount }) => countText(idleCount) },
      ]}
    />
  );
}

function Legend({ counters }: { counters: readonly Counter[] }) {
  return (
    <ul className="counter-legend">
      {LOOKS.map((look) => (
        <li key={look} className={`is-${look}`}>
          <i aria-hidden="true" />
          {lookWord(look)}
          {counters.length > 0 && (
            <b>{countText(counters.filter(({ health }) => lookOf(health) === look).length)}</b>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The one city that they lie in; of several none can be drawn, and the table has all. */
function cityOf(divisions: readonly { readonly cityCode: string | null }[]): string | null {
  const [city = null, ...others] = new Set(divisions.map(({ cityCode }) => cityCode));
  return others.length === 0 ? city : null;
}

function Board({ isWall }: { isWall: boolean }) {
  const desk = useDesk();
  const [, go] = useLocation();
  const [divisionCode, choose] = useState<string | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  const [picked, pick] = useState<readonly CounterPin[]>([]);
  const cityCode = cityOf(desk.divisions);
  const [{ data: drawn }] = useQuery({
    query: COUNTY_MAP,
    variables: { cityCode: cityCode ?? '' },
    pause: cityCode === null || !desk.may('VOLUME_READ'),
  });
  const [{ data: answer, error }, again] = useQuery({
    query: COUNTERS,
    variables: { divisionCode, box },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  const map = drawn?.countyMap ?? null;
  const found = data?.counterMap;
  const pins = useMemo(() => (found && map ? pinsOf(found, map) : []), [found, map]);
  const title = t('专柜运行');
  useTitle(title);
  const counties = desk.divisions.flatMap((division) => division.counties);
  const byId = new Map(found?.counters.map((counter) => [counter.id, counter]));
  const chosen = picked.flatMap(({ key }) => byId.get(key) ?? []);
  const isMany = (found?.clusters.length ?? 0) > 0;
  const views = [
    ...(map
      ? [
          {
            name: t('地图'),
            show: () => (
              <>
                <CounterMap
                  map={map}
                  pins={pins}
                  height={isWall ? 790 : 560}
                  pick={pick}
                  seen={(edges) => {
                    // Where each is shown already, moving the map asks nobody.
                    if (isMany || box !== null) setBox(boxOf(edges, map));
                  }}
                />
                <Legend counters={found?.counters ?? []} />
                <p className="map-legend">
                  <span>{t('示意图，不作为划界依据')}</span>
                </p>
              </>
            ),
          },
        ]
      : []),
    {
      name: t('表格'),
      show: () =>
        isMany ? <CountTable choose={choose} /> : <CounterTable counters={found?.counters ?? []} />,
    },
  ];
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    go('/counters');
  };
  const fill = () => {
    go('/wall/counters');
    // Refused where the browser has no such thing, or the person forbids it: the page is the same without.
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
  };
  return (
    <main id="main" className={isWall ? 'wall is-counters' : 'page'}>
      <header className="page-head board-head">
        <div>
          <h1>{title}</h1>
          <p className="as-of">
            {found
              ? t('{n} 台，{operating} 台在运营，{unplaced} 台没有测过位置', {
                  n: countText(found.totalCount),
                  operating: countText(found.operatingCount),
                  unplaced: countText(found.unplacedCount),
                })
              : t('正在取数')}
          </p>
        </div>
        {isWall && <WallClock />}
        <div className="board-tools no-print">
          {counties.length > 1 && (
            <label className="field">
              <span className="hidden">{t('县')}</span>
              <select
                value={divisionCode ?? ''}
                onChange={(event) => {
                  choose(event.currentTarget.value || null);
                  setBox(null);
                }}
              >
                <option value="">{t('全部县市区')}</option>
                {counties.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button type="button" className="button is-quiet" onClick={isWall ? leave : fill}>
            {isWall ? t('退出大屏') : t('全屏')}
          </button>
        </div>
      </header>
      {found && !found.wire.isUp && (
        <p className="offline" role="status">
          {t('我们自己现在听不到柜机，离线的说不准。')}
        </p>
      )}
      <div className="counter-board">
        {error && !found ? (
          <Failure error={error} retry={look} />
        ) : (
          <Panel
            className="is-counters"
            title={t('专柜')}
            note={t('点图形看是哪一台；拖动、放大看一片')}
            views={views}
          />
        )}
        <Section title={t('报警')} note={t('紧急的在前，新的在前')}>
          <AlarmList codes={divisionCode === null ? null : [divisionCode]} changed={look} />
        </Section>
      </div>
      {chosen.length > 0 && (
        <Section title={t('选中的专柜')}>
          <CounterTable counters={chosen} />
        </Section>
      )}
    </main>
  );
}

/** Where counters stand and how they are, and what somebody has to see to; at a desk, or on a wall. */
export default function CountersPage({ isWall }: { isWall: boolean }) {
  return (
    <Only may="COUNTER_READ">
      <Board isWall={isWall} />
    </Only>
  );
}
