import { type FormEvent } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { today } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { DayChoice } from '../day-choice.js';
import { Choice, FaultNote, faultsOf } from '../field.js';
import { BATCHES, HARVEST_PRODUCTS, REGISTER } from '../harvest.documents.js';
import { VillageChoice } from '../harvest/village-choice.js';
import { daysLater, decimals, gramsOf } from '../harvest/words.js';

interface Form {
  readonly productId: string;
  readonly villageCode: string;
  readonly from: string;
  readonly until: string;
  readonly by: 'WHOLE' | 'DAY';
  readonly kg: string;
  readonly bestBeforeOn: string;
  readonly key: string;
}

const BLANK: Form = {
  productId: '',
  villageCode: '',
  from: '',
  until: '',
  by: 'WHOLE',
  kg: '',
  bestBeforeOn: '',
  key: '',
};

/** What was harvested: most of it is as it was the last time, so most of it is a tap. */
function Register() {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const [form, change, forget] = useDraft<Form>(`harvest:${merchant.id}`, BLANK);
  const variables = { merchantId: merchant.id };
  const [{ data: goods, error }, again] = useQuery({ query: HARVEST_PRODUCTS, variables });
  const [{ data: before }] = useQuery({ query: BATCHES, variables: { ...variables, after: null } });
  const { act, isBusy, refusal } = useAct(REGISTER);
  if (error && !goods)
    return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!goods || !before) return <Skeleton className="is-card" count={2} />;
  const products = goods.harvestProducts.nodes;
  if (products.length === 0)
    return <Empty icon="box" title={t('还没有货品。先上架一样货，再来登记批次。')} />;
  const product = products.find(({ id }) => id === form.productId) ?? products[0];
  const earlier = before.harvestBatches.nodes.filter(({ productId }) => productId === product?.id);
  const last = earlier[0];
  const villages = [
    ...new Map(
      earlier.flatMap(({ villageCode, villageName }) =>
        villageCode === null || villageName === null ? [] : [[villageCode, villageName] as const],
      ),
    ),
  ].map(([value, name]) => ({ value, name }));
  const from = form.from || today();
  const until = form.until || from;
  const villageCode = form.villageCode || (villages[0]?.value ?? '');
  const grams = gramsOf(form.kg);
  const faults = faultsOf(refusal);
  // Whatever else is said is another batch.
  const say = (changes: Partial<Form>) => change({ key: '', ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = form.key === '' ? freshKey() : form.key;
    change({ key });
    const input = {
      idempotencyKey: key,
      productId: product?.id ?? '',
      villageCode,
      harvestedFrom: from,
      harvestedUntil: until,
      dailyG: form.by === 'DAY' ? grams : null,
      weightG: form.by === 'WHOLE' ? grams : null,
      bestBeforeOn: form.bestBeforeOn === '' ? null : form.bestBeforeOn,
      linkageAgreementId: last?.linkageAgreementId ?? null,
    };
    void act({ input }).then((done) => {
      if (!done) return;
      forget();
      go(`/batches/${done.batch.id}`, { replace: true });
    });
  };
  const ahead = (days: number, name: string) => ({ value: daysLater(from, days), name });
  return (
    <form className="panel form" onSubmit={submit}>
      <Choice
        legend={t('什么货')}
        options={products.map(({ id, name }) => ({ value: id, name }))}
        value={product?.id ?? ''}
        choose={(productId) => say({ productId, villageCode: '' })}
      />
      <VillageChoice
        countyCode={product?.originCountyCode ?? ''}
        known={villages}
        value={villageCode}
        choose={(code) => say({ villageCode: code })}
      >
        <FaultNote faults={faults} path="villageCode" />
      </VillageChoice>
      <DayChoice
        legend={t('哪天开始采')}
        value={from}
        near={[
          { value: today(), name: t('今天') },
          { value: daysLater(today(), -1), name: t('昨天') },
        ]}
        path="harvestedFrom"
        faults={faults}
        choose={(day) => say({ from: day, until: '' })}
      />
      <DayChoice
        legend={t('采到哪天')}
        value={until}
        near={[ahead(0, t('当天')), ahead(2, t('3 天')), ahead(6, t('7 天')), ahead(14, t('15 天'))]}
        path="harvestedUntil"
        faults={faults}
        choose={(day) => say({ until: day })}
      />
      <Choice
        legend={t('有多少')}
        options={[
          { value: 'WHOLE', name: t('一共多少公斤') },
          { value: 'DAY', name: t('每天多少公斤') },
        ]}
        value={form.by}
        choose={(by) => say({ by })}
      >
        <input
          className="is-large"
          inputMode="decimal"
          aria-label={form.by === 'WHOLE' ? t('一共多少公斤') : t('每天多少公斤')}
          autoComplete="off"
          maxLength={9}
          value={form.kg}
          onInput={(event) => say({ kg: decimals(event.currentTarget.value) })}
        />
        <FaultNote faults={faults} path={form.by === 'WHOLE' ? 'weightG' : 'dailyG'} />
      </Choice>
      <DayChoice
        legend={product?.isPerishable === true ? t('最晚卖到哪天') : t('最晚卖到哪天，不会坏的不用选')}
        value={form.bestBeforeOn}
        near={[7, 15, 30, 90].map((days) => ({
          value: daysLater(until, days),
          name: t('采完 {n} 天', { n: days }),
        }))}
        path="bestBeforeOn"
        faults={faults}
        choose={(day) => say({ bestBeforeOn: day })}
      />
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={isBusy || !(grams > 0) || villageCode === ''}
      >
        {t('登记，拿溯源码')}
      </button>
    </form>
  );
}

export default function BatchNew() {
  return (
    <>
      <TopBar title={t('登记一批')} />
      <main id="main" className="page is-narrow">
        <Register />
      </main>
    </>
  );
}
