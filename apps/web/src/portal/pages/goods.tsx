import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { dayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Price } from '../../shared/ui/price.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { GoodsNav } from '../goods-nav.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { RECEIVE } from '../stock.documents.js';
import { type Kind, type Level, isLow, useStock } from '../stock.js';
import { TopBar } from '../../shared/ui/top-bar.js';

/** Goods have come into the warehouse: how many. */
function Receive({ level, received }: { level: Level; received: () => void }) {
  // One arrival has one key until it is recorded: pressed twice, or again after the network was gone, it counts once.
  const [draft, change, forget] = useDraft(`receive:${level.id}`, { quantity: '', key: '' });
  const { act, isBusy, refusal } = useAct(RECEIVE);
  const quantity = Number(draft.quantity);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const input = { causeKey: key, variantId: level.variant.id, batchId: level.batch.id, quantity };
    void act({ input }).then((done) => {
      if (!done) return;
      forget();
      received();
    });
  };
  return (
    <form className="form receive" onSubmit={submit}>
      <label className="field">
        <span>{t('到了多少件')}</span>
        <input
          className="is-large"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={draft.quantity}
          onInput={(event) => change({ quantity: event.currentTarget.value.replace(/\D/g, ''), key: '' })}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide" disabled={isBusy || !(quantity > 0)}>
        {t('入库')}
      </button>
    </form>
  );
}

function Batch({ level, changed }: { level: Level; changed: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const { batch, onHand, reserved, variant } = level;
  return (
    <li>
      <span>
        <span className="code">{batch.traceCode}</span>
        <small>
          {t('{day}采收', { day: dayOf(batch.harvestedOn) })}
          {batch.bestBeforeOn !== null && ` · ${t('{day}到期', { day: dayOf(batch.bestBeforeOn) })}`}
        </small>
      </span>
      <b>{onHand - reserved}</b>
      <button
        type="button"
        className="button is-quiet"
        aria-expanded={isOpen}
        aria-label={t('{name} 进货', { name: `${variant.productName} ${batch.traceCode}` })}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'close' : 'plus'} />
        {t('进货')}
      </button>
      {isOpen && (
        <Receive
          level={level}
          received={() => {
            setOpen(false);
            changed();
          }}
        />
      )}
    </li>
  );
}

function KindCard({ kind, changed }: { kind: Kind; changed: () => void }) {
  return (
    <section className={`panel kind${isLow(kind) ? ' is-low' : ''}`}>
      <h2>
        <span>
          {kind.productName} <small>{kind.name}</small>
        </span>
        <Price fen={kind.priceFen} />
      </h2>
      <p className="kind-figures">
        <span>
          <b>{kind.free}</b>
          <small>{t('还能卖')}</small>
        </span>
        <span>
          <b>{kind.reserved}</b>
          <small>{t('等着发')}</small>
        </span>
        {isLow(kind) && <span className="tag is-warm">{kind.free === 0 ? t('卖完了') : t('快没了')}</span>}
      </p>
      <ul className="batches">
        {kind.levels.map((level) => (
          <Batch key={level.id} level={level} changed={changed} />
        ))}
      </ul>
    </section>
  );
}

/** What lies in the warehouse, what there is least of first. */
export default function Goods() {
  const { merchant } = useDesk();
  const { value: kinds, error, again } = useStock(merchant.id);
  return (
    <>
      <TopBar title={t('我的货')} />
      <main id="main" className="page">
        <GoodsNav at="stock" />
        {error && !kinds && <Failure error={error} retry={again} />}
        {!kinds && !error && <Skeleton className="is-card" count={3} />}
        {kinds?.length === 0 && (
          <Empty icon="box" title={t('仓库里还没有货。产品和批次登记好以后，这里可以进货。')}>
            <Link className="button is-quiet" href="/help">
              {t('看看怎么做')}
            </Link>
          </Empty>
        )}
        <div className="panels is-two">
          {kinds?.map((kind) => (
            <KindCard key={kind.variantId} kind={kind} changed={again} />
          ))}
        </div>
      </main>
    </>
  );
}
