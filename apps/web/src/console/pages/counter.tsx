import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayIn, dayOf, exactMomentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { Table } from '../charts/table.js';
import { AlarmLine } from '../counter-alarms.js';
import { CABINET, TELEMETRY } from '../counter.documents.js';
import { type Cabinet, bandWord, celsius, linkWord, lockWord, modelWord } from '../counter-words.js';
import { Only, useDesk } from '../desk.js';
import { countText, percentText } from '../figures.js';
import { countyName } from '../review-words.js';
import { Facts, Page, Path, Section } from '../ui.js';

/** Two weeks: what is older stands in the reports. */
const DAYS = 14;

/** Of a day of which nothing was read nobody knows how long a door was open. */
const minutes = (seconds: number, readingCount: number): string =>
  readingCount === 0 ? '—' : countText(Math.round(seconds / 60));

function Days({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({
    query: TELEMETRY,
    variables: { id, from: dayIn(1 - DAYS), to: dayIn(0) },
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" />;
  return (
    <Table
      caption={t('两周的读数')}
      rows={[...data.cabinetTelemetry].reverse()}
      keyOf={({ startsAt }) => startsAt}
      columns={[
        {
          name: t('日'),
          cell: ({ startsAt }) =>
            dayOf(new Date(Date.parse(startsAt) + 28_800_000).toISOString().slice(0, 10)),
        },
        { name: t('最低'), isFigure: true, cell: ({ deciCelsiusMin }) => celsius(deciCelsiusMin) },
        { name: t('最高'), isFigure: true, cell: ({ deciCelsiusMax }) => celsius(deciCelsiusMax) },
        {
          name: t('温度合格'),
          isFigure: true,
          cell: ({ measuredSeconds, inBandSeconds }) =>
            percentText(measuredSeconds === 0 ? null : Math.floor((inBandSeconds * 1_000) / measuredSeconds)),
        },
        {
          name: t('开门（分钟）'),
          isFigure: true,
          cell: ({ doorOpenSeconds, readingCount }) => minutes(doorOpenSeconds, readingCount),
        },
        {
          name: t('断电（分钟）'),
          isFigure: true,
          cell: ({ unpoweredSeconds, readingCount }) => minutes(unpoweredSeconds, readingCount),
        },
        {
          name: t('离线（分钟）'),
          isFigure: true,
          cell: ({ offlineSeconds }) => countText(Math.round(offlineSeconds / 60)),
        },
      ]}
    />
  );
}

function Health({ cabinet: { link, reading, temperatureBand, slots } }: { cabinet: Cabinet }) {
  const locked = slots.filter(({ locks }) => locks.length > 0);
  return (
    <Section title={t('现在怎么样')} note={linkWord(link.state)}>
      <Facts
        rows={[
          [t('最近收到'), link.lastSeenAt === null ? '—' : exactMomentOf(link.lastSeenAt)],
          ...(reading === null
            ? []
            : ([
                [t('温度'), `${celsius(reading.deciCelsius)} · ${bandWord(temperatureBand)}`],
                [t('柜门'), reading.isDoorOpen ? t('开着') : t('关着')],
                [t('市电'), reading.isMainsOn ? t('有电') : t('断电')],
                [t('信号'), reading.signalDbm === null ? t('有线') : `${reading.signalDbm} dBm`],
                [t('读数时间'), exactMomentOf(reading.takenAt)],
              ] as const)),
          [
            t('货道'),
            locked.length === 0
              ? t('{n} 个，都能卖', { n: slots.length })
              : t('{n} 个，锁了 {locked} 个', { n: slots.length, locked: locked.length }),
          ],
          ...(link.isClockWrong ? ([[t('时钟'), t('偏差超过两分钟，按我们的时间记')]] as const) : []),
          [t('固件和设置'), [link.firmwareVersion, link.configVersion].filter(Boolean).join(' · ') || '—'],
        ]}
      />
      {locked.length > 0 && (
        <Table
          caption={t('锁住的货道')}
          rows={locked.flatMap(({ code, locks }) => locks.map((lock) => ({ code, ...lock })))}
          keyOf={({ code, reason }) => `${code} ${reason}`}
          columns={[
            { name: t('货道'), cell: ({ code }) => code },
            {
              name: t('为什么'),
              cell: ({ reason, detail }) => [lockWord(reason), detail].filter(Boolean).join(' · '),
            },
            { name: t('从什么时候'), cell: ({ lockedAt }) => exactMomentOf(lockedAt) },
          ]}
        />
      )}
    </Section>
  );
}

function Found({ id }: { id: string }) {
  const desk = useDesk();
  const [{ data: answer, error }, again] = useQuery({
    query: CABINET,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { cabinet } = data;
  if (!cabinet)
    return (
      <Empty icon="counter" title={t('没有这台柜机：它不在您的辖区。')}>
        <Link className="button is-quiet" href="/counters">
          {t('回到专柜运行')}
        </Link>
      </Empty>
    );
  return (
    <>
      <Section
        title={cabinet.placeName}
        note={`${countyName(desk, cabinet.countyCode)} · ${cabinet.address}${cabinet.state === 'RETIRED' ? ` · ${t('已撤柜')}` : ''}`}
      >
        <Facts
          rows={[
            [t('运营方'), cabinet.operatorName],
            [t('柜机'), `${modelWord(cabinet.model)} · ${cabinet.serialNo}`],
            [t('装机'), exactMomentOf(cabinet.registeredAt)],
          ]}
        />
      </Section>
      <div className="columns">
        <Health cabinet={cabinet} />
        <Section title={t('报警')} note={t('重的在前')}>
          {cabinet.alarms.length === 0 && <p className="note">{t('没有报警。')}</p>}
          <ol className="alarms is-whole">
            {cabinet.alarms.map((alarm) => (
              <AlarmLine key={alarm.id} alarm={alarm} changed={look} isNamed={false} />
            ))}
          </ol>
        </Section>
      </div>
      <Section title={t('两周的读数')} note={t('按天；断网后补来的会改')}>
        <Days id={id} />
      </Section>
    </>
  );
}

/** One cabinet: how it is, what is wrong with it, and how the last two weeks were. */
export default function CounterPage({ id }: { id: string }) {
  return (
    <Only may="COUNTER_READ">
      <Page title={t('专柜')} note={id}>
        <Path
          steps={[
            { name: t('专柜运行'), href: '/counters' },
            { name: t('专柜'), href: '' },
          ]}
        />
        <Found id={id} />
      </Page>
    </Only>
  );
}
