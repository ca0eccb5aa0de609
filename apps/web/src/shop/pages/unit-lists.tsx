import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { bringFile, takeFile } from '../../shared/files.js';
import { momentOf } from '../../shared/dates.js';
import type { Refusal } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { actingFor } from '../acting.js';
import { BULK_ORDERS } from '../bulk.documents.js';
import { bulkWord } from '../bulk-words.js';
import { UNITS, type Unit } from '../unit.documents.js';
import { MemberOnly } from './member-only.js';

const REFERENCE_MAX = 60;

/** A list that is filled in, on its way to the service, which reads and prices it and orders nothing. */
function Send({ unitId }: { unitId: string }) {
  const [, go] = useLocation();
  const [file, choose] = useState<File | null>(null);
  const [reference, setReference] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = () => void takeFile('/bulk-orders/template/xlsx').then(setRefusal);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file || isBusy) return;
    setBusy(true);
    const said = new URLSearchParams({ unitId, reference: reference.trim(), fileName: file.name });
    void bringFile(`/bulk-orders?${said}`, file).then((answer) => {
      setBusy(false);
      if ('id' in answer) go(`/unit/lists/${answer.id}`);
      else setRefusal(answer);
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="receipt" />
        {t('一张表，寄给很多人')}
      </h2>
      <p className="note">
        {t(
          '发福利、食堂一周的菜：每人一行，收货人、手机号、县市区、详细地址、货号、数量。同一个人的几样东西一起寄。',
        )}
      </p>
      <button type="button" className="button is-quiet" onClick={take}>
        {t('先拿一张空表')}
      </button>
      <label className="button is-quiet">
        {file ? file.name : t('选填好的表（XLSX 或 CSV）')}
        <input
          className="hidden"
          type="file"
          accept=".xlsx,.csv"
          onChange={(event) => {
            setRefusal(null);
            choose(event.currentTarget.files?.[0] ?? null);
          }}
        />
      </label>
      <label className="field">
        <span>{t('备注（可以不写）：同一张表要再订一次，写个不一样的')}</span>
        <input
          maxLength={REFERENCE_MAX}
          value={reference}
          onInput={(event) => setReference(event.currentTarget.value)}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button" disabled={!file || isBusy}>
        {isBusy ? t('正在查…') : t('交上去查一遍，先不下单')}
      </button>
    </form>
  );
}

function Lists({ unitId, ...place }: Place & { unitId: string }) {
  const [{ data, error }, again] = useQuery({
    query: BULK_ORDERS,
    variables: { unitId, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.bulkOrders}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('还没有交过表。')}</p>}
    >
      {data?.bulkOrders.nodes.map((list) => (
        <Link key={list.id} href={`/unit/lists/${list.id}`} className="panel order-card">
          <h2>
            {list.fileName}
            <small>{momentOf(list.checkedAt)}</small>
          </h2>
          <div className="sum-line">
            <span>
              {bulkWord(list.state)}
              <small>
                {t('{n} 行', { n: list.rowCount })}
                {list.reference !== '' && ` · ${list.reference}`}
              </small>
            </span>
            <span>¥{yuanExact(list.totalFen)}</span>
          </div>
        </Link>
      ))}
    </ListPart>
  );
}

const buys = ({ myRoles }: Unit): boolean => myRoles.includes('BUYER') || myRoles.includes('CONTRACTOR');

function Body() {
  const [{ data, error }, again] = useQuery({ query: UNITS, variables: {} });
  const [chosen, choose] = useState(actingFor);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  const units = data.myProcurementUnits;
  const unit = units.find(({ id }) => id === chosen) ?? units[0];
  if (!unit) return <Empty icon="hall" title={t('您还没有替哪个单位采购。请县里的工作人员把您加进来。')} />;
  return (
    <div className="panels" key={unit.id}>
      {units.length > 1 && (
        <div className="chips" role="group" aria-label={t('哪个单位')}>
          {units.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={id === unit.id}
              onClick={() => choose(id)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {buys(unit) && <Send unitId={unit.id} />}
      <h2 className="heading">{t('交过的表')}</h2>
      <List show={(place) => <Lists {...place} unitId={unit.id} />} />
    </div>
  );
}

/** Orders by spreadsheet: for a union's gift to its members, or a canteen's week. */
export default function UnitLists() {
  return (
    <MemberOnly title={t('批量下单')} icon="hall" why={t('登录后能替单位批量下单。')} path="/unit/lists">
      <Body />
    </MemberOnly>
  );
}
