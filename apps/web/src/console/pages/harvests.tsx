import { useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, momentOf } from '../../shared/dates.js';
import { named, t } from '../../shared/i18n.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import {
  CAPACITIES,
  HARVESTS,
  HARVEST_DECIDE,
  RECALLS,
  RECALL_CONFIRM,
  RECALL_DROP,
  RECALL_LIFT,
  RECALL_PROPOSE,
} from '../harvest.documents.js';
import {
  ADVICES,
  type Advice,
  type Harvest,
  type Recall,
  adviceWord,
  recallStateWord,
  reviewStateWord,
  tonnesOf,
} from '../harvest-words.js';
import { useDecision } from '../review-decide.js';
import { CapacityForm } from '../capacity-form.js';
import { Act, Page, Section } from '../ui.js';
import { useKinds } from '../use-kinds.js';
import { useRound } from '../use-round.js';

interface ChangedProps {
  readonly changed: () => void;
}

interface RoundProps {
  /** As for `useRound`. */
  readonly round: number;
}

/** More than its village grows: it comes in, or no more than was granted does. */
function Decide({ batch, changed }: ChangedProps & { batch: Harvest }) {
  const { act, isBusy, refusal } = useDecision(HARVEST_DECIDE, changed);
  const decide = (verdict: 'RELEASED' | 'REFUSED') => (reason: string) =>
    act({ batchId: batch.id, verdict, reason });
  return (
    <>
      <Act
        name={t('放行')}
        question={
          batch.presaleId === null
            ? t('超出村里产能的部分也可以收。写明为什么。')
            : t('超出村里产能的部分买家也可以订。写明为什么。')
        }
        wantsReason
        isBusy={isBusy}
        refusal={refusal}
        act={decide('RELEASED')}
      />
      <Act
        name={t('不放行')}
        question={
          batch.presaleId === null
            ? t('只能收产能以内的。写明为什么，商家看得到。')
            : t('只能卖产能以内的。写明为什么，商家看得到。')
        }
        wantsReason
        isBad
        isBusy={isBusy}
        refusal={refusal}
        act={decide('REFUSED')}
      />
    </>
  );
}

function Propose({ batch, changed }: ChangedProps & { batch: Harvest }) {
  const [advice, setAdvice] = useState<Advice>('DO_NOT_EAT');
  const { act, isBusy, refusal } = useDecision(RECALL_PROPOSE, changed);
  return (
    <Act
      name={t('停售召回')}
      question={t('马上停售；另一个人确认后通知 {n} 个订单的买家。写明出了什么问题，人人看得到。', {
        n: batch.orderCount,
      })}
      wantsReason
      isBad
      isBusy={isBusy}
      refusal={refusal}
      more={
        <label className="field">
          <span>{t('请买家怎么办')}</span>
          <select value={advice} onChange={(event) => setAdvice(event.currentTarget.value as Advice)}>
            {ADVICES.map((each) => (
              <option key={each} value={each}>
                {adviceWord(each)}
              </option>
            ))}
          </select>
        </label>
      }
      act={(reason) => act({ batchId: batch.id, reason, advice })}
    />
  );
}

const spanOf = ({ harvestedFrom, harvestedUntil }: Harvest): string =>
  harvestedUntil === null || harvestedUntil === harvestedFrom
    ? dayOf(harvestedFrom)
    : `${dayOf(harvestedFrom)} – ${dayOf(harvestedUntil)}`;

function Batches({
  isAll,
  round,
  changed,
  ...place
}: Place & ChangedProps & RoundProps & { isAll: boolean }) {
  const { may } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: HARVESTS,
    variables: { reviewState: isAll ? null : 'WAITING', after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  useRound(round, look);
  return (
    <ListPart
      {...place}
      page={data?.harvestBatches}
      error={error}
      retry={look}
      empty={
        <Empty icon="check" title={isAll ? t('还没有登记过批次。') : t('没有超出产能的批次，不用做什么。')} />
      }
    >
      <Table
        caption={t('采收批次')}
        rows={data?.harvestBatches.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('商品'),
            cell: ({ productName, traceCode, traceUrl }) => (
              <span className="account">
                <span>{productName}</span>
                <a className="code" href={traceUrl} target="_blank" rel="noreferrer">
                  {traceCode}
                </a>
              </span>
            ),
          },
          { name: t('产地'), cell: ({ countyName, villageName }) => villageName ?? countyName },
          {
            name: t('采收'),
            cell: (batch) =>
              batch.presaleId === null ? spanOf(batch) : t('预售，{days}', { days: spanOf(batch) }),
          },
          {
            name: t('登记'),
            isFigure: true,
            cell: ({ weightG }) => (weightG === null ? '—' : tonnesOf(weightG)),
          },
          {
            name: t('产能以内'),
            isFigure: true,
            cell: ({ grantedG }) => (grantedG === null ? '—' : tonnesOf(grantedG)),
          },
          { name: t('卖出'), isFigure: true, cell: ({ soldG }) => tonnesOf(soldG) },
          {
            name: t('状态'),
            cell: ({ stops, reviewState }) => (stops.length > 0 ? t('已停售') : reviewStateWord(reviewState)),
          },
          ...(may('BATCH_REVIEW')
            ? [
                {
                  name: t('怎么办'),
                  cell: (batch: Harvest) => (
                    <div className="acts">
                      {batch.reviewState === 'WAITING' && <Decide batch={batch} changed={changed} />}
                      {!batch.stops.includes('RECALLED') && <Propose batch={batch} changed={changed} />}
                    </div>
                  ),
                },
              ]
            : []),
        ]}
      />
    </ListPart>
  );
}

function RecallActs({ recall, changed }: ChangedProps & { recall: Recall }) {
  const confirm = useDecision(RECALL_CONFIRM, changed);
  const drop = useDecision(RECALL_DROP, changed);
  const lift = useDecision(RECALL_LIFT, changed);
  const { id, state, byKind } = recall;
  return (
    <div className="acts">
      {state === 'PROPOSED' && (
        <>
          <Act
            name={t('确认召回')}
            question={t('买家会收到短信。提出的人不能自己确认。')}
            isBad
            isBusy={confirm.isBusy}
            refusal={confirm.refusal}
            act={() => confirm.act({ id })}
          />
          <Act
            name={t('不用召回')}
            question={t('恢复售卖，买家不知道。写明为什么。')}
            wantsReason
            isBusy={drop.isBusy}
            refusal={drop.refusal}
            act={(reason) => drop.act({ id, reason })}
          />
        </>
      )}
      {state === 'ACTIVE' && (
        <Act
          name={t('解除召回')}
          question={
            byKind === 'OFFICIAL'
              ? t('恢复售卖。提出和确认的人都不能自己解除。写明为什么。')
              : t('恢复售卖。写明为什么。')
          }
          wantsReason
          isBusy={lift.isBusy}
          refusal={lift.refusal}
          act={(reason) => lift.act({ id, reason })}
        />
      )}
    </div>
  );
}

function Recalls({ round, changed, ...place }: Place & ChangedProps & RoundProps) {
  const { may } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: RECALLS,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  useRound(round, look);
  return (
    <ListPart
      {...place}
      page={data?.batchRecalls}
      error={error}
      retry={look}
      empty={<p className="note">{t('没有召回过。')}</p>}
    >
      <Table
        caption={t('召回')}
        rows={data?.batchRecalls.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('批次'),
            cell: ({ batch }) => (
              <span className="account">
                <span>{batch.productName}</span>
                <a className="code" href={batch.traceUrl} target="_blank" rel="noreferrer">
                  {batch.traceCode}
                </a>
              </span>
            ),
          },
          { name: t('谁提出'), cell: ({ byKind }) => (byKind === 'OFFICIAL' ? t('官方') : t('商家')) },
          { name: t('出了什么问题'), cell: ({ reason }) => reason },
          { name: t('状态'), cell: ({ state }) => recallStateWord(state) },
          {
            name: t('通知到'),
            isFigure: true,
            cell: ({ toldCount, orderCount }) => `${toldCount} / ${orderCount}`,
          },
          { name: t('提出'), cell: ({ askedAt }) => momentOf(askedAt) },
          ...(may('BATCH_REVIEW')
            ? [
                {
                  name: t('怎么办'),
                  cell: (recall: Recall) => <RecallActs recall={recall} changed={changed} />,
                },
              ]
            : []),
        ]}
      />
    </ListPart>
  );
}

function Capacities({ round, ...place }: Place & RoundProps) {
  const kinds = useKinds();
  const [{ data, error }, again] = useQuery({
    query: CAPACITIES,
    variables: { after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  useRound(round, look);
  const kindName = (code: string): string => {
    const kind = kinds.find((each) => each.code === code);
    return kind ? named(kind) : code;
  };
  return (
    <ListPart
      {...place}
      page={data?.harvestCapacities}
      error={error}
      retry={look}
      empty={<p className="note">{t('还没有登记产能。没登记的村，批次和预售不受限。')}</p>}
    >
      <Table
        caption={t('村产能')}
        rows={data?.harvestCapacities.nodes ?? []}
        keyOf={({ villageCode, kindCode, seasonFrom }) => `${villageCode} ${kindCode} ${seasonFrom}`}
        columns={[
          { name: t('村'), cell: ({ villageName }) => villageName },
          { name: t('品种'), cell: ({ kindCode }) => kindName(kindCode) },
          {
            name: t('季节'),
            cell: ({ seasonFrom, seasonTo }) => `${dayOf(seasonFrom)} – ${dayOf(seasonTo)}`,
          },
          { name: t('能产'), isFigure: true, cell: ({ capacityG }) => tonnesOf(capacityG) },
          { name: t('已登记'), isFigure: true, cell: ({ grantedG }) => tonnesOf(grantedG) },
          { name: t('在等'), isFigure: true, cell: ({ waitingG }) => tonnesOf(waitingG) },
        ]}
      />
    </ListPart>
  );
}

function Harvests() {
  const { may } = useDesk();
  const [isAll, setAll] = useState(false);
  const [round, setRound] = useState(0);
  const changed = () => setRound(round + 1);
  return (
    <Page
      title={t('批次与召回')}
      note={t('超出村产能一成的批次要放行才能收，预售要放行才能订；召回的马上停售')}
    >
      <Section title={t('采收批次')} note={t('采收晚的在前')}>
        <div className="filters no-print">
          <label className="tick">
            <input
              type="checkbox"
              checked={isAll}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
            <span>{t('看所有的')}</span>
          </label>
        </div>
        <List
          key={String(isAll)}
          show={(place) => <Batches {...place} isAll={isAll} round={round} changed={changed} />}
        />
      </Section>
      <Section title={t('召回')} note={t('最近的在前')}>
        <List show={(place) => <Recalls {...place} round={round} changed={changed} />} />
      </Section>
      <Section title={t('村产能')} note={t('不管谁来卖，一个村一季能产多少')}>
        {may('BATCH_REVIEW') && <CapacityForm changed={changed} />}
        <List show={(place) => <Capacities {...place} round={round} />} />
      </Section>
    </Page>
  );
}

/** What was harvested beyond what a village grows, what is called back, and how much each village grows. */
export default function HarvestsPage() {
  return (
    <Only may="BATCH_READ">
      <Harvests />
    </Only>
  );
}
