import type { FormEvent } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { dayOf, today } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { DayChoice } from '../day-choice.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { Choice, type Fault, FaultNote, faultsOf } from '../field.js';
import { HARVEST_PRODUCTS } from '../harvest.documents.js';
import { daysLater, decimals, gramsOf, kgOf } from '../harvest/words.js';
import { GROWN_BEFORE, PRESALE_OPEN } from '../presale.documents.js';
import { BLANK, type Form, filled, inputOf, sumOf } from '../presale/form.js';

interface PartProps {
  /** With what was left open. */
  readonly form: Form;
  readonly change: (changes: Partial<Form>) => void;
  readonly faults: readonly Fault[];
}

/** When it leaves, and how much of it. */
function Days({ form, change, faults }: PartProps) {
  const { firstOn, lastOn, kg } = form;
  const { days, grams } = sumOf(form);
  const ahead = (from: string, count: number, name: string) => ({ value: daysLater(from, count), name });
  return (
    <>
      <DayChoice
        legend={t('哪天开始发货')}
        value={firstOn}
        near={[
          ahead(today(), 7, t('一周后')),
          ahead(today(), 14, t('两周后')),
          ahead(today(), 30, t('一个月后')),
        ]}
        path="firstOn"
        faults={faults}
        choose={(day) => change({ firstOn: day, lastOn: '', closeOn: '', balanceOn: '' })}
      />
      {firstOn !== '' && (
        <DayChoice
          legend={t('发到哪天')}
          value={lastOn}
          near={[
            ahead(firstOn, 0, t('当天')),
            ahead(firstOn, 2, t('3 天')),
            ahead(firstOn, 6, t('7 天')),
            ahead(firstOn, 14, t('15 天')),
          ]}
          path="lastOn"
          faults={faults}
          choose={(day) => change({ lastOn: day })}
        />
      )}
      <label className="field">
        <span>{t('一天最多发多少公斤')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={9}
          value={kg}
          onInput={(event) => change({ kg: decimals(event.currentTarget.value) })}
        />
        <FaultNote faults={faults} path="capacityG" />
      </label>
      {grams > 0 && (
        <p className="note">
          {t('{n} 天，一共最多 {kg} 公斤。哪天多、哪天少，开好了再一天一天改。', {
            n: days,
            kg: kgOf(grams),
          })}
        </p>
      )}
    </>
  );
}

/** When orders are taken. */
function Orders({ form, change, faults }: PartProps) {
  const { firstOn, lastOn, openOn, closeOn, payment } = form;
  return (
    <>
      <Choice
        legend={t('哪天开始接单')}
        options={[{ value: '', name: t('现在就接') }]}
        value={openOn}
        choose={() => change({ openOn: '' })}
      >
        <input
          type="date"
          aria-label={t('哪天开始接单')}
          min={today()}
          value={openOn}
          onInput={(event) => change({ openOn: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path="ordersOpenAt" />
      </Choice>
      {firstOn !== '' && (
        <DayChoice
          legend={t('接单接到哪天')}
          value={closeOn}
          near={
            payment === 'FULL'
              ? [
                  { value: daysLater(firstOn, -1), name: t('发货前一天') },
                  { value: daysLater(firstOn, -3), name: t('前三天') },
                  { value: lastOn, name: t('边发边接') },
                ]
              : [
                  { value: daysLater(firstOn, -4), name: t('前四天') },
                  { value: daysLater(firstOn, -7), name: t('前七天') },
                ]
          }
          path="ordersCloseAt"
          faults={faults}
          choose={(day) => change({ closeOn: day })}
        />
      )}
    </>
  );
}

/** All at once, or a part and the rest by a day. */
function Payment({ form, change, faults }: PartProps) {
  const { payment, depositBps, balanceOn, firstOn } = form;
  return (
    <>
      <Choice
        legend={t('怎么付钱')}
        options={[
          { value: 'FULL', name: t('下单付全款') },
          { value: 'DEPOSIT', name: t('先付订金') },
        ]}
        value={payment}
        choose={(value) => change({ payment: value as Form['payment'], closeOn: '', balanceOn: '' })}
      >
        <FaultNote faults={faults} path="payment" />
      </Choice>
      {payment === 'DEPOSIT' && (
        <>
          <Choice
            legend={t('订金付几成')}
            options={['500', '1000', '1500', '2000'].map((bps) => ({
              value: bps,
              name: `${Number(bps) / 100}%`,
            }))}
            value={depositBps}
            choose={(bps) => change({ depositBps: bps })}
          >
            <p className="note">{t('订金不是定金：尾款没付，或者买家不要了，订金全退。')}</p>
            <FaultNote faults={faults} path="depositBps" />
          </Choice>
          {firstOn !== '' && (
            <DayChoice
              legend={t('尾款最晚哪天付')}
              value={balanceOn}
              near={[
                { value: daysLater(firstOn, -1), name: t('发货前一天') },
                { value: daysLater(firstOn, -3), name: t('前三天') },
              ]}
              path="balanceDueOn"
              faults={faults}
              choose={(day) => change({ balanceOn: day })}
            />
          )}
        </>
      )}
    </>
  );
}

/** What a product's earlier batches say of it: from which village, packed as what. */
function Rest({
  productId,
  draft,
  change,
  forget,
}: {
  productId: string;
  draft: Form;
  change: PartProps['change'];
  forget: () => void;
}) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const [{ data, error }, again] = useQuery({
    query: GROWN_BEFORE,
    variables: { merchantId: merchant.id, productId },
  });
  const { act, isBusy, refusal } = useAct(PRESALE_OPEN);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" />;
  const before = data.harvestBatches.nodes;
  const options = before
    .filter(({ villageCode }, at) => before.findIndex((each) => each.villageCode === villageCode) === at)
    .map(({ id, countyName, villageName }) => ({
      value: id,
      name: villageName ?? t('{county}，没写哪个村', { county: countyName }),
    }));
  const variants = before[0]?.variants ?? [];
  if (before.length === 0 || variants.length === 0)
    return (
      <>
        <p className="notice is-bad">
          {before.length === 0
            ? t('预售要说产自哪个村。这样货还没有登记过批次，先登记一批。')
            : t('这样货没有在卖的规格，先上架。')}
        </p>
        <Link className="button is-wide" href={before.length === 0 ? '/batches/new' : '/listings'}>
          {before.length === 0 ? t('登记新的一批') : t('去上架')}
        </Link>
      </>
    );
  const form = filled(draft);
  const likeBatchId =
    options.find(({ value }) => value === form.likeBatchId)?.value ?? options[0]?.value ?? '';
  const chosen = variants.map(({ id }) => id).filter((id) => form.variantIds?.includes(id) ?? true);
  const faults = faultsOf(refusal);
  const part = { form, change, faults };
  const toggle = (id: string) =>
    change({ variantIds: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ input: inputOf(form, chosen, likeBatchId) }).then((done) => {
      if (!done) return;
      forget();
      go(`/presales/${done.presale.id}?opened`, { replace: true });
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="field">
        <legend>{t('哪几种规格')}</legend>
        <div className="chips">
          {variants.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={chosen.includes(id)}
              onClick={() => toggle(id)}
            >
              {name}
            </button>
          ))}
        </div>
        <p className="note">{t('接单的时候，这些规格只按预售卖，不卖仓库里的。')}</p>
        <FaultNote faults={faults} path="variantIds" />
      </fieldset>
      <Choice
        legend={t('哪个村的')}
        options={options}
        value={likeBatchId}
        choose={(id) => change({ likeBatchId: id })}
      />
      <Days {...part} />
      <Payment {...part} />
      <Orders {...part} />
      {form.firstOn !== '' && form.closeOn !== '' && (
        <p className="notice">
          {t(
            '接单到{close}，{first}到{last}发货。比村里登记的产能多出来的，要县里放行才能订，先从最早的发货日卖起。',
            {
              close: dayOf(form.closeOn),
              first: dayOf(form.firstOn),
              last: dayOf(form.lastOn),
            },
          )}
        </p>
      )}
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      {refusal?.code === 'PRESALE_OVERLAP' && (
        <Link className="button is-quiet is-wide" href="/presales">
          {t('看开着的预售')}
        </Link>
      )}
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={isBusy || chosen.length === 0 || form.firstOn === '' || !(gramsOf(form.kg) > 0)}
      >
        {t('开始预售')}
      </button>
      <button type="button" className="text-button" onClick={forget}>
        {t('重新填')}
      </button>
    </form>
  );
}

/** A harvest that can be ordered before it is picked; kept on the phone with every letter until it is opened. */
function Opening() {
  const { merchant } = useDesk();
  const [form, change, forget] = useDraft<Form>(`presale:${merchant.id}`, BLANK);
  const [{ data, error }, again] = useQuery({
    query: HARVEST_PRODUCTS,
    variables: { merchantId: merchant.id },
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={2} />;
  const products = data.harvestProducts.nodes;
  const productId = products.find(({ id }) => id === form.productId)?.id ?? products[0]?.id;
  if (productId === undefined)
    return (
      <Empty icon="box" title={t('还没有货品。先上架一样货，再来开预售。')}>
        <Link className="button is-quiet" href="/listings">
          {t('去上架')}
        </Link>
      </Empty>
    );
  return (
    <div className="panel form">
      <Choice
        legend={t('什么货')}
        options={products.map(({ id, name }) => ({ value: id, name }))}
        value={productId}
        choose={(id) => change({ productId: id, variantIds: null, likeBatchId: '' })}
      />
      <Rest key={productId} productId={productId} draft={form} change={change} forget={forget} />
    </div>
  );
}

export default function PresaleNew() {
  const { merchant } = useDesk();
  return (
    <>
      <TopBar title={t('开一期预售')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly title={t('预售由负责人来开。')}>
          <Opening key={merchant.id} />
        </OwnerOnly>
      </main>
    </>
  );
}
