import { type FormEvent, useState } from 'react';
import { dayOf, today, weekdayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { useDesk } from '../desk.js';
import { FaultNote, TextField, faultsOf } from '../field.js';
import { daysLater, decimals, gramsOf, kgOf } from '../harvest/words.js';
import { CAPACITY_SET, DELAY_ANNOUNCE } from '../presale.documents.js';
import { type Day, freeOf } from './words.js';

interface PresaleProps {
  readonly presale: {
    readonly id: string;
    readonly state: 'OPEN' | 'CLOSED';
    readonly lastOn: string;
    readonly harvest: { readonly reviewState: string } | null;
    readonly days: readonly Day[];
  };
  /** Looks at it again. */
  readonly changed: () => void;
}

interface AmountProps {
  readonly presaleId: string;
  readonly day: string;
  readonly now: Day | undefined;
  readonly changed: () => void;
}

/** So much can leave on a day. */
function Amount({ presaleId, day, now, changed }: AmountProps) {
  const [kg, setKg] = useState(now ? String(now.announcedG / 1_000) : '');
  const { act, isBusy, refusal, forgive } = useAct(CAPACITY_SET);
  const faults = faultsOf(refusal);
  const takenG = now ? now.reservedG + now.shippedG : 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ presaleId, day, capacityG: gramsOf(kg) }).then((done) => done && changed());
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        <span>{t('{day}最多发多少公斤', { day: dayOf(day) })}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={9}
          value={kg}
          onInput={(event) => {
            setKg(decimals(event.currentTarget.value));
            forgive();
          }}
        />
      </label>
      {takenG > 0 && (
        // Rounded up: what is told as the least is taken.
        <p className="note">{t('已经订了 {kg} 公斤，不能比这少。', { kg: Math.ceil(takenG / 100) / 10 })}</p>
      )}
      {['capacityG', 'day'].map((path) => (
        <FaultNote key={path} faults={faults} path={path} />
      ))}
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-wide"
        disabled={isBusy || kg === '' || !(gramsOf(kg) >= 0) || gramsOf(kg) === now?.announcedG}
      >
        {t('改成这么多')}
      </button>
    </form>
  );
}

const reasons = (): readonly string[] => [t('下雨，采不了'), t('还没熟透'), t('快递停运'), t('人手不够')];

/** A day that cannot be kept: what is promised for it leaves on a later one, and each buyer says whether they wait. */
function Delay({
  presaleId,
  day,
  moved,
}: Pick<AmountProps, 'presaleId' | 'day'> & { moved: (newDay: string, askedCount: number) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [newDay, setNewDay] = useState('');
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(DELAY_ANNOUNCE);
  const faults = faultsOf(refusal);
  if (!isOpen)
    return (
      <button type="button" className="text-button is-alarm" onClick={() => setOpen(true)}>
        {t('这天发不了，要推迟')}
      </button>
    );
  const input = { presaleId, day, newDay, reason: reason.trim() };
  return (
    <div className="form">
      <label className="field">
        <span>{t('推到哪天')}</span>
        <input
          type="date"
          min={daysLater(day > today() ? day : today(), 1)}
          max={daysLater(day, 31)}
          value={newDay}
          onInput={(event) => setNewDay(event.currentTarget.value)}
        />
        <FaultNote faults={faults} path="newDay" />
      </label>
      <div className="chips">
        {reasons().map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={reason === each}
            onClick={() => setReason(each)}
          >
            {each}
          </button>
        ))}
      </div>
      <TextField
        label={t('为什么（买家看得到）')}
        path="reason"
        value={reason}
        max={200}
        faults={faults}
        onChange={setReason}
      />
      <p className="note">
        {t(
          '那天订的全部推过去，买家可以不等，钱全退；48 小时没回就算等。那天要有地方，不够先把那天的量改大。',
        )}
      </p>
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <SureButton
        name={t('推迟，告诉买家')}
        sure={t('再按一次：推迟并发短信')}
        isBusy={isBusy || newDay === '' || reason.trim() === ''}
        className="button is-warm is-wide"
        act={() => void act({ input }).then((done) => done && moved(newDay, done.askedCount))}
      />
    </div>
  );
}

/** After the last day there may be more of it. */
function AnotherDay({ presale, changed }: PresaleProps) {
  const last = presale.days.reduce((latest, { day }) => (day > latest ? day : latest), presale.lastOn);
  const [day, setDay] = useState('');
  const next = daysLater(last, 1);
  return (
    <details className="fold">
      <summary>
        <Icon name="plus" />
        {t('后面再加一天')}
      </summary>
      <label className="field">
        <span>{t('哪天')}</span>
        <input
          type="date"
          min={next}
          max={daysLater(presale.lastOn, 31)}
          value={day || next}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </label>
      <Amount
        key={day || next}
        presaleId={presale.id}
        day={day || next}
        now={presale.days.find((each) => each.day === (day || next))}
        changed={changed}
      />
    </details>
  );
}

/** Day by day what leaves at most, what of it is promised, what is free and what waits; a tap on a day changes it. */
export function Days({ presale, changed }: PresaleProps) {
  const { isOwner } = useDesk();
  const [openDay, setOpenDay] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const isWaiting = presale.state === 'OPEN' && presale.harvest?.reviewState === 'WAITING';
  return (
    <section className="panel">
      <h2>
        <Icon name="clock" />
        {t('一天一天看')}
        <small>{t('公斤')}</small>
      </h2>
      {said !== null && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      <table className="days">
        <thead>
          <tr>
            <th scope="col">{t('发货日')}</th>
            <th scope="col">{t('最多')}</th>
            <th scope="col">{t('已订')}</th>
            <th scope="col">{t('还能订')}</th>
          </tr>
        </thead>
        {presale.days.map((each) => {
          const { day, announcedG, capacityG, reservedG, shippedG } = each;
          const isOpen = openDay === day;
          const heldG = isWaiting && day > today() ? announcedG - capacityG : 0;
          return (
            <tbody key={day} className={day < today() ? 'is-over' : ''}>
              <tr>
                <th scope="row">
                  <button
                    type="button"
                    className="day"
                    aria-expanded={isOpen}
                    onClick={() => setOpenDay(isOpen ? null : day)}
                  >
                    {dayOf(day)}
                    <small>{weekdayOf(day)}</small>
                  </button>
                </th>
                <td>{kgOf(announcedG)}</td>
                <td>{kgOf(reservedG + shippedG)}</td>
                <td>
                  {kgOf(presale.state === 'OPEN' ? freeOf(each) : 0)}
                  {heldG > 0 && <small>{t('等放行 {kg}', { kg: kgOf(heldG) })}</small>}
                </td>
              </tr>
              {isOpen && (
                <tr>
                  <td colSpan={4} className="day-acts">
                    {isOwner && <Amount presaleId={presale.id} day={day} now={each} changed={changed} />}
                    {reservedG > 0 ? (
                      <Delay
                        presaleId={presale.id}
                        day={day}
                        moved={(newDay, n) => {
                          setOpenDay(null);
                          setSaid(
                            t('改到了{day}，{n} 个订单的买家收到短信，来选等还是退。', {
                              day: dayOf(newDay),
                              n,
                            }),
                          );
                          changed();
                        }}
                      />
                    ) : (
                      <p className="note">
                        {shippedG > 0 ? t('这天订的都发走了。') : t('这天还没有人订，发不了就改成 0。')}
                      </p>
                    )}
                  </td>
                </tr>
              )}
            </tbody>
          );
        })}
      </table>
      {isOwner && <AnotherDay presale={presale} changed={changed} />}
    </section>
  );
}
