import type { ResultOf } from 'gql.tada';
import { useEffect, useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { allOf, useWhole } from '../../shared/all-pages.js';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useDesk } from '../desk.js';
import { Choice } from '../field.js';
import {
  CABINET_NAMES,
  PICK_UPS,
  PICK_UPS_EXPECTED,
  PICK_UP_PLACE,
  PICK_UP_TAKE_BACK,
} from '../pick-up.documents.js';

type Expected = ResultOf<typeof PICK_UPS_EXPECTED>['pickUpsExpected']['nodes'][number];
type PickUp = ResultOf<typeof PICK_UPS>['pickUps']['nodes'][number];
type View = 'EXPECTED' | 'TAKEN_BACK' | 'OVERDUE' | 'STUCK';

/** As labels show it: the end of its number. */
const shortOf = (merchantOrderId: string): string => merchantOrderId.slice(-6);

/** What cabinets are called, by their ids. */
function useCabinetNames(): ReadonlyMap<string, string> {
  const { merchant } = useDesk();
  const client = useClient();
  const { value } = useWhole(merchant.id, () =>
    allOf(
      (after) => client.query(CABINET_NAMES, { merchantId: merchant.id, after }).toPromise(),
      (page) => page.cabinets,
    ),
  );
  return new Map(value?.map(({ id, placeName }) => [id, placeName]));
}

interface Opened {
  readonly merchantOrderId: string;
  readonly cellCode: string;
}

interface PutInProps {
  readonly cabinetId: string;
  readonly merchantOrderId: string;
  /** Free ones that bear it. */
  readonly cells: readonly string[];
  readonly changed: () => void;
  readonly opened: (pickUp: Opened) => void;
}

/** Which door stands open: it is told above the list, which no longer has the parcel. */
function OpenedNote({ opened: { cellCode }, next }: { opened: Opened; next: () => void }) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.scrollIntoView({ block: 'center' }), []);
  return (
    <div ref={note} className="form">
      <p className="notice is-good" role="status">
        {t('{cell} 开了。放好，关上门；买家已经收到取件码。', { cell: cellCode })}
      </p>
      <button type="button" className="button is-quiet" onClick={next}>
        {t('下一件')}
      </button>
    </div>
  );
}

/** Into which cell: it opens for whoever stands there. */
function PutIn({ cabinetId, merchantOrderId, cells, changed, opened }: PutInProps) {
  const [cellCode, setCell] = useState('');
  const { act, isBusy, refusal } = useAct(PICK_UP_PLACE, changed);
  const put = async () => {
    const done = await act({ cabinetId, merchantOrderId, cellCode: cellCode.trim() });
    if (!done) return;
    opened({ merchantOrderId, cellCode: done.pickUp.cellCode });
    changed();
  };
  return (
    <div className="form">
      {cells.length > 0 && (
        <Choice
          legend={t('空着、放得下的')}
          options={cells.map((cell) => ({ value: cell, name: cell }))}
          value={cellCode}
          choose={setCell}
        />
      )}
      <label className="field">
        <span>{t('放进哪一格')}</span>
        <input
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={12}
          value={cellCode}
          onInput={(event) => setCell(event.currentTarget.value.toUpperCase())}
        />
      </label>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-wide"
        disabled={isBusy || cellCode.trim() === ''}
        onClick={() => void put()}
      >
        {t('开门，放进去')}
      </button>
    </div>
  );
}

function ExpectedCard({
  parcel,
  changed,
  opened,
}: Pick<PutInProps, 'changed' | 'opened'> & { parcel: Expected }) {
  const { merchantOrderId, cabinetId, placeName, merchantName, promisedOn, weightG, lines } = parcel;
  return (
    <div className="card">
      <p className="card-head">
        <b>{placeName}</b>
        {parcel.hasPerishables && <span className="tag is-warm">{t('会坏，只放一天')}</span>}
      </p>
      <p>
        {t('面单尾号 {no}', { no: shortOf(merchantOrderId) })} · {merchantName}
      </p>
      <ul className="goods-lines">
        {lines.map(({ id, productName, variantName, quantity }) => (
          <li key={id}>
            <span>
              {productName} <small>{variantName}</small>
            </span>
            <b>×{quantity}</b>
          </li>
        ))}
      </ul>
      <small>
        {t('货重 {n} 公斤', { n: (weightG / 1_000).toFixed(1) })}
        {promisedOn !== null && ` · ${t('说好{day}前放到', { day: dayOf(promisedOn) })}`}
      </small>
      <PutIn
        cabinetId={cabinetId}
        merchantOrderId={merchantOrderId}
        cells={parcel.fittingCells}
        changed={changed}
        opened={opened}
      />
    </div>
  );
}

function ExpectedParcels({ opened, ...place }: Place & Pick<PutInProps, 'opened'>) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PICK_UPS_EXPECTED,
    variables: { merchantId: merchant.id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart
      {...place}
      page={data?.pickUpsExpected}
      error={error}
      retry={look}
      empty={<Empty icon="counter" title={t('没有等着放进格口的包裹。')} />}
    >
      {data?.pickUpsExpected.nodes.map((parcel) => (
        <ExpectedCard key={parcel.merchantOrderId} parcel={parcel} changed={look} opened={opened} />
      ))}
    </ListPart>
  );
}

/** Out of its cell: to be put in again, or for good, and its buyer is paid back. Only for owners. */
function TakeOut({ pickUpId, changed }: { pickUpId: string; changed: () => void }) {
  const { isOwner } = useDesk();
  const { act, isBusy, refusal } = useAct(PICK_UP_TAKE_BACK, changed);
  if (!isOwner) return <p className="note">{t('取出来要负责人来办。')}</p>;
  const take = (isAgain: boolean) => act({ pickUpId, isAgain }).then((done) => done && changed());
  return (
    <>
      <RefusalNote refusal={refusal} />
      <div className="pair">
        <button type="button" className="button is-quiet" disabled={isBusy} onClick={() => void take(true)}>
          {t('取出来，换一格')}
        </button>
        <SureButton
          name={t('取出来，退钱')}
          sure={t('钱退给买家，再按一次')}
          isBusy={isBusy}
          act={() => take(false)}
        />
      </div>
    </>
  );
}

const EMPTY: Readonly<Record<Exclude<View, 'EXPECTED'>, () => string>> = {
  TAKEN_BACK: () => t('没有取出来等着再放的。'),
  OVERDUE: () => t('没有过了期还没人取的。'),
  STUCK: () => t('没有打不开的格口。'),
};

interface HeldProps extends Place, Pick<PutInProps, 'opened'> {
  readonly state: Exclude<View, 'EXPECTED'>;
  readonly names: ReadonlyMap<string, string>;
}

function Held({ state, names, opened, ...place }: HeldProps) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PICK_UPS,
    variables: { merchantId: merchant.id, state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  const sinceWord = ({ keptUntil, takenBackAt }: PickUp) =>
    takenBackAt === null
      ? t('放到{at}为止', { at: momentOf(keptUntil) })
      : t('{at}取出来的，三天里没再放就退钱', { at: momentOf(takenBackAt) });
  return (
    <ListPart
      {...place}
      page={data?.pickUps}
      error={error}
      retry={look}
      empty={<Empty icon="counter" title={EMPTY[state]()} />}
    >
      {data?.pickUps.nodes.map((pickUp) => (
        <div key={pickUp.id} className="card">
          <p className="card-head">
            <b>{names.get(pickUp.cabinetId) ?? t('格口柜')}</b>
            <span className="tag is-warm">{t('{cell} 格', { cell: pickUp.cellCode })}</span>
          </p>
          <p>{t('面单尾号 {no}', { no: shortOf(pickUp.merchantOrderId) })}</p>
          <small>{sinceWord(pickUp)}</small>
          {state === 'TAKEN_BACK' ? (
            <PutIn
              cabinetId={pickUp.cabinetId}
              merchantOrderId={pickUp.merchantOrderId}
              cells={[]}
              changed={look}
              opened={opened}
            />
          ) : (
            <TakeOut pickUpId={pickUp.id} changed={look} />
          )}
        </div>
      ))}
    </ListPart>
  );
}

/** Parcels for the cells of one's lockers: what is to be put in, and what has to come out. */
export default function PickUps() {
  const [view, show] = useState<View>('EXPECTED');
  const [opened, setOpened] = useState<Opened | null>(null);
  const names = useCabinetNames();
  return (
    <>
      <TopBar title={t('格口柜的包裹')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <Choice
            legend={t('要办的')}
            options={[
              { value: 'EXPECTED', name: t('要放进去') },
              { value: 'TAKEN_BACK', name: t('要再放的') },
              { value: 'OVERDUE', name: t('没人取的') },
              { value: 'STUCK', name: t('打不开的') },
            ]}
            value={view}
            choose={show}
          />
          {opened && <OpenedNote key={opened.merchantOrderId} opened={opened} next={() => setOpened(null)} />}
          {view === 'EXPECTED' ? (
            <List show={(place) => <ExpectedParcels {...place} opened={setOpened} />} />
          ) : (
            <List
              key={view}
              show={(place) => <Held {...place} state={view} names={names} opened={setOpened} />}
            />
          )}
        </div>
      </main>
    </>
  );
}
