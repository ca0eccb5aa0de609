import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../shared/dates.js';
import { useLive } from '../shared/graphql/live.js';
import { t } from '../shared/i18n.js';
import { Failure, Skeleton } from '../shared/ui/states.js';
import { useLast } from '../shared/use-last.js';
import { useWatch } from '../shared/watch.js';
import { ALARMS, ALARM_ACKNOWLEDGE, ALARM_CHANGED, ALARM_RESOLVE } from './counter.documents.js';
import { type Alarm, alarmWord, severityWord } from './counter-words.js';
import { useDesk } from './desk.js';
import { useDecision } from './review-decide.js';
import { Act } from './ui.js';

/** What is told by the line, and only in case it is not: now and then one looks all the same. */
const PACE = { firstMs: 60_000, mostMs: 120_000 };

/** A street without power is a hundred alarms at once: they are looked at together. */
const TOGETHER_MS = 800;

/** Who sees to it and since when; and what one may do about it oneself. */
export function AlarmLine({
  alarm,
  changed,
  isNamed,
}: {
  alarm: Alarm;
  changed: () => void;
  isNamed: boolean;
}) {
  const { may } = useDesk();
  const acknowledge = useDecision(ALARM_ACKNOWLEDGE, changed);
  const resolve = useDecision(ALARM_RESOLVE, changed);
  const { id: alarmId, kind, slotCode, severity, state, detail, beganAt, endedAt } = alarm;
  const name = [alarmWord(kind), slotCode].filter(Boolean).join(' ');
  return (
    <li className={`alarm is-${severity.toLowerCase()}`}>
      <b>
        <span className="alarm-rank">{severityWord(severity)}</span>
        {isNamed ? <Link href={`/counters/${alarm.cabinetId}`}>{name}</Link> : name}
      </b>
      <small>{t('{at} 起', { at: momentOf(beganAt) })}</small>
      {isNamed && <span>{alarm.placeName}</span>}
      {detail !== '' && <span className="words">{detail}</span>}
      {alarm.occurrenceCount > 1 && <small>{t('反复 {n} 次', { n: alarm.occurrenceCount })}</small>}
      {endedAt !== null && <small>{t('{at} 已恢复，等人确认', { at: momentOf(endedAt) })}</small>}
      {alarm.escalatedTo === 'COUNTY' && <small>{t('已报到县里')}</small>}
      <span className="alarm-who">
        {state === 'ACKNOWLEDGED'
          ? t('{who}在处理，{at} 接手', {
              who: alarm.acknowledgedByName ?? t('有人'),
              at: alarm.acknowledgedAt === null ? '' : momentOf(alarm.acknowledgedAt),
            })
          : t('还没有人接手')}
      </span>
      {may('COUNTER_MANAGE') && (
        <div className="acts no-print">
          {state === 'OPEN' && (
            <Act
              name={t('我来处理')}
              question={t('接手后别人看得到是您在办，运营方也看得到。')}
              isBusy={acknowledge.isBusy}
              refusal={acknowledge.refusal}
              act={() => acknowledge.act({ alarmId })}
            />
          )}
          <Act
            name={t('处理完了')}
            question={t('写下怎么处理的。传感器还在报的，处理不完。')}
            wantsReason
            isBad
            isBusy={resolve.isBusy}
            refusal={resolve.refusal}
            act={(note) => resolve.act({ alarmId, note })}
          />
        </div>
      )}
    </li>
  );
}

/** What is wrong, critical first and the latest first; each change is told by the service as it happens. */
export function AlarmList({ codes, changed }: { codes: readonly string[] | null; changed: () => void }) {
  const [{ data: answer, error }, again] = useQuery({
    query: ALARMS,
    variables: {},
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const [news, setNews] = useState('');
  const [isLive, setLive] = useState(false);
  const look = () => {
    again({ requestPolicy: 'network-only' });
    changed();
  };
  const soon = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(look);
  latest.current = look;
  const lookSoon = () => {
    soon.current ??= setTimeout(() => {
      soon.current = null;
      latest.current();
    }, TOGETHER_MS);
  };
  useEffect(
    () => () => {
      if (soon.current !== null) clearTimeout(soon.current);
    },
    [],
  );
  useWatch(PACE, JSON.stringify(data ?? ''), look);
  useLive(
    ALARM_CHANGED,
    ({ cabinetAlarmChanged: { placeName, kind, state } }) => {
      if (state !== 'ACKNOWLEDGED')
        setNews(`${placeName} ${alarmWord(kind)}${state === 'RESOLVED' ? ` · ${t('已解除')}` : ''}`);
      lookSoon();
    },
    () => {
      setLive(true);
      lookSoon();
    },
  );
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const alarms = [...data.critical.nodes, ...data.warnings.nodes].filter(
    ({ countyCode }) => codes === null || codes.includes(countyCode),
  );
  const isCut = data.critical.pageInfo.hasNextPage || data.warnings.pageInfo.hasNextPage;
  return (
    <>
      <p className="note" role="status">
        {news === '' ? (isLive ? t('有变化马上显示') : t('正在接通')) : t('刚才：{news}', { news })}
      </p>
      {alarms.length === 0 && <p className="note">{t('没有要人处理的报警。')}</p>}
      <ol className="alarms" tabIndex={0} aria-label={t('报警')}>
        {alarms.map((alarm) => (
          <AlarmLine key={alarm.id} alarm={alarm} changed={look} isNamed />
        ))}
      </ol>
      {isCut && <p className="note">{t('只列最新的 40 条紧急和 40 条警告，其余在各台专柜里看。')}</p>}
    </>
  );
}
