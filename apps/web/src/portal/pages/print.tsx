import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { momentOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { Carriers, type CarrierCode, carrierWord } from '../carrier.js';
import { useDesk } from '../desk.js';
import { NUMBERS_ADD, PRINT, PRINT_OPEN } from '../print.documents.js';
import { restOf, useToShip } from '../to-ship.js';

type Batch = ResultOf<typeof PRINT>['printBatches']['nodes'][number];

const CARRIER = 'print-carrier';

function Printed({ batch }: { batch: Batch }) {
  const files = [
    [batch.labelsPath, t('面单（100 × 150 毫米）')],
    [batch.packingPath, t('装箱单（A4）')],
    [batch.manifestPath, t('交寄清单，给快递')],
  ] as const;
  const gone = batch.waybills.filter(({ state }) => state === 'SHIPPED').length;
  return (
    <section className="panel rows">
      <h2>
        <Icon name="print" />
        {carrierWord(batch.carrier)} · {t('{n} 单', { n: batch.waybills.length })}
        <small>
          {momentOf(batch.openedAt)} · {t('发出 {n} 件', { n: gone })}
        </small>
      </h2>
      {files.map(([path, name]) => (
        <a key={path} href={path} download>
          <Icon name="receipt" />
          <span>{name}</span>
          <Icon name="right" />
        </a>
      ))}
    </section>
  );
}

/** A carrier's list, as it was copied out of whatever it came in. */
function Numbers({ carrier, left, added }: { carrier: CarrierCode; left: number; added: () => void }) {
  const { merchant } = useDesk();
  const { act, isBusy, refusal } = useAct(NUMBERS_ADD);
  const [text, setText] = useState('');
  const numbers = text.split(/[\s,，;；"]+/).filter((each) => /\d/.test(each));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { merchantId: merchant.id, carrier, trackingNos: numbers };
    void act({ input }).then((done) => {
      if (!done) return;
      setText('');
      added();
    });
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="ticket" />
        {t('{carrier}的运单号还剩 {n} 个', { carrier: carrierWord(carrier), n: left })}
      </h2>
      <label htmlFor="numbers">{t('把快递给的一批号贴在这里，一行一个')}</label>
      <textarea id="numbers" rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button is-wide is-quiet" disabled={isBusy || numbers.length === 0}>
        {t('存下 {n} 个号', { n: numbers.length })}
      </button>
    </form>
  );
}

/** Labels first: choose, print, pack, scan. */
export default function Print() {
  const { merchant } = useDesk();
  const { orders, error, again } = useToShip(merchant.id, null);
  const [{ data }, look] = useQuery({
    query: PRINT,
    variables: { merchantId: merchant.id },
    requestPolicy: 'cache-and-network',
  });
  const [draft, change] = useDraft<{ key: string; carrier: CarrierCode; left: readonly string[] }>(
    `print:${merchant.id}`,
    { key: freshKey(), carrier: (localStorage.getItem(CARRIER) ?? 'POST') as CarrierCode, left: [] },
    sessionStorage,
  );
  const refresh = () => look({ requestPolicy: 'network-only' });
  const { act, isBusy, refusal, forgive } = useAct(PRINT_OPEN, again);
  const parcels = orders?.filter(({ handover }) => handover === 'PARCEL') ?? [];
  const wanted = parcels.filter(({ id }) => !draft.left.includes(id)).slice(0, 100);
  const numbersLeft = data?.waybillNumbersLeft.find(({ carrier }) => carrier === draft.carrier)?.left ?? 0;
  // Whatever else is wanted is another print.
  const choose = (changes: Partial<typeof draft>) => {
    forgive();
    change({ key: freshKey(), ...changes });
  };
  const print = () => {
    const merchantOrderIds = wanted.map(({ id }) => id);
    const input = {
      merchantId: merchant.id,
      idempotencyKey: draft.key,
      carrier: draft.carrier,
      merchantOrderIds,
    };
    void act({ input }).then((done) => {
      refresh();
      if (!done) return;
      localStorage.setItem(CARRIER, draft.carrier);
      change({ key: freshKey() });
    });
  };
  return (
    <>
      <TopBar title={t('打印面单')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {error && !orders && <Failure error={error} retry={again} />}
          {!orders && !error && <Skeleton className="is-card" count={2} />}
          {orders && parcels.length === 0 && <Empty icon="print" title={t('没有要打印的：货都发完了。')} />}
          {parcels.length > 0 && (
            <section className="panel form">
              <Carriers value={draft.carrier} onChange={(carrier) => choose({ carrier })} />
              <ul className="print-list">
                {parcels.map(({ id, recipient, lines }) => {
                  const isWanted = !draft.left.includes(id);
                  const left = isWanted ? [...draft.left, id] : draft.left.filter((each) => each !== id);
                  return (
                    <li key={id}>
                      <label>
                        <input type="checkbox" checked={isWanted} onChange={() => choose({ left })} />
                        <span>
                          <b>{recipient.name}</b> {recipient.county.name}
                          <small>
                            {lines
                              .filter((line) => restOf(line) > 0)
                              .map((line) => `${line.productName} ${line.variantName} × ${restOf(line)}`)
                              .join('、')}
                          </small>
                        </span>
                      </label>
                    </li>
                  );
                })}
              </ul>
              <RefusalNote refusal={refusal} />
              <button
                type="button"
                className="button is-wide is-large is-warm"
                disabled={isBusy || wanted.length === 0}
                onClick={print}
              >
                <Icon name="print" />
                {t('出号，打印 {n} 单', { n: wanted.length })}
              </button>
            </section>
          )}
          {data && <Numbers carrier={draft.carrier} left={numbersLeft} added={refresh} />}
          {data?.printBatches.nodes.map((batch) => (
            <Printed key={batch.id} batch={batch} />
          ))}
        </div>
      </main>
    </>
  );
}
