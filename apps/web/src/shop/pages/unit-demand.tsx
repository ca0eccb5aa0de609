import type { ResultOf } from 'gql.tada';
import { type FormEvent, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, today } from '../../shared/dates.js';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { named, t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { DIVISIONS } from '../address.documents.js';
import { DEMANDS, DEMAND_KINDS, DEMAND_PUBLISH, DEMAND_WITHDRAW } from '../unit-demand.documents.js';
import type { Unit } from '../unit.documents.js';

type Notice = ResultOf<typeof DEMANDS>['unitDemandNotices']['nodes'][number];

const NOTE_MAX = 200;
const stateWord = (state: Notice['state']): string =>
  ({ OPEN: t('公布中'), OVER: t('已过期'), WITHDRAWN: t('已撤回') })[state];

const nothingYet = () => ({ kindCode: '', weight: '', fromOn: today(), toOn: today(), note: '' });

function Publish({ unit, published }: { unit: Unit; published: () => void }) {
  const [{ data: goods }] = useQuery({ query: DEMAND_KINDS, variables: {} });
  // A unit eats where it is, or elsewhere in its city.
  const parentCode = `${unit.divisionCode.slice(0, 4)}00`;
  const [{ data: places }] = useQuery({ query: DIVISIONS, variables: { parentCode } });
  const [form, setForm] = useState(nothingYet);
  const [countyCode, setCounty] = useState(unit.divisionCode.endsWith('00') ? '' : unit.divisionCode);
  const { act, isBusy, refusal } = useAct(DEMAND_PUBLISH);
  const { weight, ...said } = form;
  const content = { ...said, weightKg: Number(weight), countyCode };
  const idempotencyKey = useMemo(freshKey, [JSON.stringify(content)]);
  const set = (changes: Partial<typeof form>) => setForm({ ...form, ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { ...content, note: form.note.trim(), unitId: unit.id, idempotencyKey };
    void act({ input }).then((done) => {
      if (!done) return;
      setForm(nothingYet());
      published();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <p className="note">{t('说给有货的合作社听，不是订单。')}</p>
      <div className="field-row">
        <label className="field">
          <span>{t('什么货')}</span>
          <select
            required
            value={form.kindCode}
            onChange={(event) => set({ kindCode: event.currentTarget.value })}
          >
            <option value="">{t('请选择')}</option>
            {goods?.demandKinds.map((kind) => (
              <option key={kind.code} value={kind.code}>
                {named(kind)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('多少，公斤')}</span>
          <input
            required
            inputMode="numeric"
            pattern="[1-9][0-9]*"
            maxLength={7}
            value={weight}
            onInput={(event) => set({ weight: event.currentTarget.value.replace(/\D/g, '') })}
          />
        </label>
      </div>
      <div className="field-row">
        <label className="field">
          <span>{t('第一天')}</span>
          <input
            required
            type="date"
            value={form.fromOn}
            onInput={(event) => set({ fromOn: event.currentTarget.value })}
          />
        </label>
        <label className="field">
          <span>{t('最后一天')}</span>
          <input
            required
            type="date"
            min={form.fromOn}
            value={form.toOn}
            onInput={(event) => set({ toOn: event.currentTarget.value })}
          />
        </label>
      </div>
      <label className="field">
        <span>{t('送到哪个区县')}</span>
        <select required value={countyCode} onChange={(event) => setCounty(event.currentTarget.value)}>
          <option value="">{t('请选择')}</option>
          {places?.divisions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('补充说明，谁都看得到')}</span>
        <textarea
          rows={2}
          maxLength={NOTE_MAX}
          value={form.note}
          onInput={(event) => set({ note: event.currentTarget.value })}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-quiet" disabled={isBusy}>
        {t('公布')}
      </button>
    </form>
  );
}

function Notices({ unitId, buys, ...place }: Place & { unitId: string; buys: boolean }) {
  const [{ data, error }, again] = useQuery({
    query: DEMANDS,
    variables: { unitId, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const withdraw = useAct(DEMAND_WITHDRAW, look);
  return (
    <ListPart
      {...place}
      page={data?.unitDemandNotices}
      error={error}
      retry={look}
      empty={<p className="note">{t('还没有公布过')}</p>}
    >
      {data?.unitDemandNotices.nodes.map(({ id, kind, weightKg, fromOn, toOn, countyName, note, state }) => (
        <div key={id} className="sum-line">
          <span>
            {named(kind)} {t('{kg} 公斤', { kg: weightKg })}
            <small>
              {t('{from} 到 {to}', { from: dayOf(fromOn), to: dayOf(toOn) })} · {countyName}
            </small>
            {note !== '' && <small>{note}</small>}
          </span>
          {state === 'OPEN' && buys ? (
            <SureButton
              className="chip"
              name={t('撤下')}
              sure={t('真的撤下')}
              isBusy={withdraw.isBusy}
              act={() => withdraw.act({ noticeId: id }).then((done) => done && look())}
            />
          ) : (
            <span>{stateWord(state)}</span>
          )}
        </div>
      ))}
      <RefusalNote refusal={withdraw.refusal} />
    </ListPart>
  );
}

/** What the unit will need, said for merchants to read. */
export default function UnitDemand({ unit, buys }: { unit: Unit; buys: boolean }) {
  const [count, setCount] = useState(0);
  return (
    <section className="panel">
      <h2>
        <Icon name="box" />
        {t('单位要什么')}
      </h2>
      <List key={count} show={(place) => <Notices {...place} unitId={unit.id} buys={buys} />} />
      {buys && (
        <details>
          <summary>{t('公布')}</summary>
          <Publish unit={unit} published={() => setCount(count + 1)} />
        </details>
      )}
    </section>
  );
}
