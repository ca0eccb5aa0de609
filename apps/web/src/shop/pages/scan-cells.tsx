import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { hadSession } from '../../shared/session.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { useLast } from '../../shared/use-last.js';
import { useWatch } from '../../shared/watch.js';
import { OPEN_BY_CODE, OPEN_OWN, OWN_HERE, type OwnParcel } from '../counter.documents.js';
import { signInPath } from '../sign-in-path.js';
import { Where } from './scan-shelf.js';
import type { ShopProps } from './scan-slots.js';

/** A door is open within ten seconds. */
const AT_THE_DOOR = { firstMs: 1_000, mostMs: 2_000 };
const DIGITS = 8;

const stateWord = ({ state, keptUntil }: OwnParcel): string => {
  if (state === 'OPENING') return t('正在打开，请拉开柜门');
  if (state === 'OPENED') return t('打开了，请拿好。十分钟内可以再开一次');
  if (state === 'STUCK') return t('没有打开，可以再试一次；运营方已经知道');
  if (state === 'OVERDUE') return t('保管的日子过了，不能再取');
  return t('{moment} 前来取', { moment: momentOf(keptUntil) });
};

interface OwnProps {
  readonly parcel: OwnParcel;
  readonly visit: string;
  readonly isCut: boolean;
  readonly look: () => void;
}

/** One of one's own parcels, and the button that opens its cell. */
function Own({ parcel, visit, isCut, look }: OwnProps) {
  const { act, isBusy, refusal } = useAct(OPEN_OWN, look);
  const isOpening = parcel.state === 'OPENING';
  return (
    <li className="panel is-benefit">
      <h2>
        <span className="slot-code">{parcel.cellCode}</span>
        <Link href={`/orders/${parcel.orderId}`}>{t('我的包裹')}</Link>
      </h2>
      <p role="status">{stateWord(parcel)}</p>
      <RefusalNote refusal={refusal} />
      {parcel.state !== 'OVERDUE' && (
        <button
          type="button"
          className="button is-warm"
          disabled={isBusy || isOpening || isCut}
          onClick={() => void act({ visit, pickUpId: parcel.id }).then((done) => done && look())}
        >
          {isOpening
            ? t('正在打开…')
            : parcel.state === 'OPENED'
              ? t('再开一次')
              : t('打开 {cell} 号格', { cell: parcel.cellCode })}
        </button>
      )}
    </li>
  );
}

/** For whoever was sent, and knows no more than the code. */
function ByCode({ visit, isCut }: { visit: string; isCut: boolean }) {
  const [typed, type] = useState('');
  const [cell, open] = useState<string | null>(null);
  const { act, isBusy, refusal, forgive } = useAct(OPEN_BY_CODE);
  const code = typed.replace(/\D/g, '');
  const submit = async () => {
    open(null);
    const done = await act({ visit, code });
    if (!done) return;
    open(done.cellCode);
    type('');
  };
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>{t('代别人取')}</h2>
      <label className="field">
        <span>{t('八位取货码')}</span>
        <input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={DIGITS + 1}
          value={typed}
          onChange={({ currentTarget }) => {
            forgive();
            type(currentTarget.value);
          }}
        />
      </label>
      <RefusalNote refusal={refusal} />
      {cell !== null && <p role="status">{t('{cell} 号格正在打开，请拉开柜门', { cell })}</p>}
      <button type="submit" className="button" disabled={isBusy || isCut || code.length !== DIGITS}>
        {t('打开')}
      </button>
    </form>
  );
}

/** Before a cabinet with cells: what lies there for oneself, or for whoever has sent one. */
export default function CellShop({ kiosk, visit, endsAt }: ShopProps) {
  const [{ data: answer, error }, again] = useQuery({
    query: OWN_HERE,
    variables: { visit },
    requestPolicy: 'cache-and-network',
  });
  const parcels = useLast(answer)?.pickUpsHere;
  const look = () => again({ requestPolicy: 'network-only' });
  const isOpening = parcels?.some(({ state }) => state === 'OPENING') ?? false;
  useWatch(isOpening ? AT_THE_DOOR : null, JSON.stringify(parcels), look);
  // Nothing is sold from it; that is no obstacle to fetching.
  const obstacle = kiosk.obstacle === 'OTHER_MODEL' ? null : kiosk.obstacle;
  const isCut = obstacle !== null;
  return (
    <div className="panels">
      <Where kiosk={{ ...kiosk, obstacle }} endsAt={endsAt} />
      {!parcels && (error ? <Failure error={error} retry={look} /> : <Skeleton className="is-picture" />)}
      {parcels?.length === 0 && (
        <section className="panel">
          <Empty icon="box" title={t('这台柜里没有您的包裹')}>
            {!hadSession() && (
              <Link className="button" href={signInPath('/scan')}>
                {t('登录后再看')}
              </Link>
            )}
          </Empty>
        </section>
      )}
      {parcels && parcels.length > 0 && (
        <ul className="panels">
          {parcels.map((parcel) => (
            <Own key={parcel.id} parcel={parcel} visit={visit} isCut={isCut} look={look} />
          ))}
        </ul>
      )}
      <ByCode visit={visit} isCut={isCut} />
      <p className="note">
        <Icon name="help" /> {t('打不开，或者东西不对：在订单里申请售后，写上柜号。')}
      </p>
    </div>
  );
}
