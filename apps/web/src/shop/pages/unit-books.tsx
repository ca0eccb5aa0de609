import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, today } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { fenOf, yuan } from '../../shared/money.js';
import { tidyPhone } from '../../shared/phone.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import {
  AGEING,
  CONTRACTORS,
  CONTRACTOR_END,
  CONTRACTOR_OPEN,
  SHARE_FILE,
  TITLES,
  TITLE_ADD,
  TITLE_END,
} from '../unit-books.documents.js';
import type { Unit } from '../unit.documents.js';

const tidyCode = (said: string): string => said.replace(/\s/g, '').toUpperCase();

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly [attribute: string]: unknown;
}

function Line({ label, value, change, ...attributes }: LineProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input required value={value} onInput={(event) => change(event.currentTarget.value)} {...attributes} />
    </label>
  );
}

/** What is owed, by how long it has been due. */
function Ageing({ unitId }: { unitId: string }) {
  const [{ data }] = useQuery({ query: AGEING, variables: { unitId } });
  const ageing = data?.unitAgeing;
  if (!ageing || ageing.openFen === '0') return null;
  const rows: readonly [string, string][] = [
    [t('没到期'), ageing.notDueFen],
    [t('过期 1 到 30 天'), ageing.days1To30Fen],
    [t('过期 31 到 60 天'), ageing.days31To60Fen],
    [t('过期 61 到 90 天'), ageing.days61To90Fen],
    [t('过期 90 天以上'), ageing.over90Fen],
  ];
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('欠款账龄')}
        <small>¥{yuan(ageing.openFen)}</small>
      </h2>
      <dl className="sums">
        {rows
          .filter(([, fen]) => fen !== '0')
          .map(([name, fen]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>¥{yuan(fen)}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** What the canteen means to spend in a year, and what of it is reserved. */
function ShareForm({ unitId, filed }: { unitId: string; filed: () => void }) {
  const now = Number(today().slice(0, 4));
  const [year, setYear] = useState(now);
  const [total, setTotal] = useState('');
  const [reserved, setReserved] = useState('');
  const { act, isBusy, refusal } = useAct(SHARE_FILE);
  const [canteenTotalFen, reservedFen] = [fenOf(total), fenOf(reserved)];
  const isWhole = canteenTotalFen !== null && reservedFen !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole) return;
    void act({ input: { unitId, year, canteenTotalFen, reservedFen } }).then((done) => done && filed());
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('哪一年')}</span>
        <select value={year} onChange={(event) => setYear(Number(event.currentTarget.value))}>
          {[now, now + 1].map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <div className="field-row">
        <Line label={t('食堂全年采购，元')} inputMode="decimal" value={total} change={setTotal} />
        <Line label={t('其中预留，元')} inputMode="decimal" value={reserved} change={setReserved} />
      </div>
      <p className="note">{t('预留不少于一成。再填一次就是改，原来的留着。')}</p>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button" disabled={isBusy || !isWhole}>
        {t('填报')}
      </button>
    </form>
  );
}

/** Titles that the unit may be billed by: its union's, its canteen's. */
function Titles({ unit }: { unit: Unit }) {
  const [{ data }, again] = useQuery({ query: TITLES, variables: { unitId: unit.id } });
  const look = () => again({ requestPolicy: 'network-only' });
  const [title, setTitle] = useState('');
  const [taxNumber, setTaxNumber] = useState('');
  const add = useAct(TITLE_ADD);
  const end = useAct(TITLE_END, look);
  const isApprover = unit.myRoles.includes('APPROVER');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add.act({ input: { unitId: unit.id, title: title.trim(), taxNumber } }).then((done) => {
      if (!done) return;
      setTitle('');
      setTaxNumber('');
      look();
    });
  };
  return (
    <>
      <ul className="cart-lines">
        {data?.unitInvoiceTitles.map(({ id, title: name, taxNumber: no }) => (
          <li key={id ?? ''} className="sum-line">
            <span>
              {name}
              <small className="code">{no}</small>
            </span>
            {id !== null && isApprover && (
              <SureButton
                className="chip"
                name={t('不用了')}
                sure={t('真的不用了')}
                isBusy={end.isBusy}
                act={() => end.act({ unitId: unit.id, titleId: id }).then((done) => done && look())}
              />
            )}
          </li>
        ))}
      </ul>
      {isApprover && (
        <form className="form" onSubmit={submit}>
          <Line label={t('抬头名称')} maxLength={100} value={title} change={setTitle} />
          <Line
            label={t('税号')}
            maxLength={24}
            value={taxNumber}
            change={(said) => setTaxNumber(tidyCode(said))}
          />
          <RefusalNote refusal={add.refusal ?? end.refusal} />
          <button type="submit" className="button is-quiet" disabled={add.isBusy}>
            {t('添加抬头')}
          </button>
        </form>
      )}
    </>
  );
}

/** The firm that runs the canteen may buy for it, as long as its contract. */
function Contractors({ unitId, isApprover }: { unitId: string; isApprover: boolean }) {
  const [{ data }, again] = useQuery({ query: CONTRACTORS, variables: { unitId } });
  const look = () => again({ requestPolicy: 'network-only' });
  const [form, setForm] = useState({ name: '', creditCode: '', startsOn: today(), phone: '' });
  const open = useAct(CONTRACTOR_OPEN);
  const end = useAct(CONTRACTOR_END, look);
  const set = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void open.act({ input: { unitId, ...form, name: form.name.trim() } }).then((done) => {
      if (!done) return;
      setForm({ name: '', creditCode: '', startsOn: today(), phone: '' });
      look();
    });
  };
  return (
    <section className="panel">
      <h2>
        <Icon name="person" />
        {t('食堂承包方')}
      </h2>
      <ul className="cart-lines">
        {data?.unitContractors.map(({ id, name, startsOn, endsBefore }) => (
          <li key={id} className="sum-line">
            <span>
              {name}
              <small>
                {endsBefore === null
                  ? t('{day} 起', { day: dayOf(startsOn) })
                  : t('{from} 起，{to} 前', { from: dayOf(startsOn), to: dayOf(endsBefore) })}
              </small>
            </span>
            {isApprover && (endsBefore === null || endsBefore > today()) && (
              <SureButton
                className="chip"
                name={t('今天起不再承包')}
                sure={t('真的不再承包')}
                isBusy={end.isBusy}
                act={() => end.act({ contractorId: id }).then((done) => done && look())}
              />
            )}
          </li>
        ))}
      </ul>
      {data?.unitContractors.length === 0 && <p className="note">{t('还没有登记承包方。')}</p>}
      {isApprover && (
        <form className="form" onSubmit={submit}>
          <Line label={t('公司名称')} maxLength={120} value={form.name} change={set('name')} />
          <Line
            label={t('统一社会信用代码')}
            maxLength={18}
            value={form.creditCode}
            change={(said) => set('creditCode')(tidyCode(said))}
          />
          <div className="field-row">
            <Line label={t('哪天起')} type="date" value={form.startsOn} change={set('startsOn')} />
            <Line
              label={t('采购人手机号')}
              type="tel"
              inputMode="numeric"
              value={form.phone}
              change={(said) => set('phone')(tidyPhone(said))}
            />
          </div>
          <RefusalNote refusal={open.refusal ?? end.refusal} />
          <button type="submit" className="button is-quiet" disabled={open.isBusy}>
            {t('登记承包方')}
          </button>
        </form>
      )}
    </section>
  );
}

/** The unit's own books: what it owes, what it has reserved, how it is billed, who cooks for it. */
export default function UnitBooks({ unit, changed }: { unit: Unit; changed: () => void }) {
  const isApprover = unit.myRoles.includes('APPROVER');
  return (
    <>
      <Ageing unitId={unit.id} />
      {unit.hasDuty && (
        <details className="panel">
          <summary>{t('填报预留份额')}</summary>
          <ShareForm unitId={unit.id} filed={changed} />
        </details>
      )}
      <details className="panel">
        <summary>{t('发票抬头簿')}</summary>
        <Titles unit={unit} />
      </details>
      {unit.canteen === 'OUTSOURCED' && <Contractors unitId={unit.id} isApprover={isApprover} />}
    </>
  );
}
