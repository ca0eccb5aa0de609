import type { ResultOf } from 'gql.tada';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { longDayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { Table } from '../charts/table.js';
import { Only, useDesk } from '../desk.js';
import {
  CLOSURE,
  CLOSURE_ASK,
  CLOSURE_FINISH,
  CLOSURE_REOPEN,
  MERCHANTS,
  MERCHANT_REINSTATE,
  MERCHANT_SUSPEND,
} from '../merchant.documents.js';
import { useDecision } from '../review-decide.js';
import { countyName } from '../review-words.js';
import { Act, Page, Section } from '../ui.js';
import { useRound } from '../use-round.js';

type Merchant = ResultOf<typeof MERCHANTS>['merchants']['nodes'][number];
type Obstacle = NonNullable<ResultOf<typeof CLOSURE>['merchantClosure']>['obstacles'][number];
type State = Merchant['state'];

const STATES: readonly State[] = ['ACTIVE', 'SUSPENDED', 'CLOSING', 'CLOSED'];

const stateWord = (state: State): string =>
  ({
    APPLIED: t('没审完'),
    ACTIVE: t('在卖'),
    SUSPENDED: t('停了'),
    CLOSING: t('在关店'),
    CLOSED: t('关了'),
  })[state];

function obstacleWord({ kind, count, amountFen }: Obstacle): string {
  const amount = amountOf(amountFen);
  return {
    ORDER_TO_SHIP: t('{n} 单没发完', { n: count }),
    ORDER_OPEN: t('{n} 单在路上或在售后期', { n: count }),
    AFTER_SALE: t('{n} 个售后没了结', { n: count }),
    GOODS_PLACED: t('{n} 件货还在场馆、柜子或车上', { n: count }),
    MONEY_HELD: t('{amount} 还在售后期', { amount }),
    MONEY_DUE: t('{amount} 等着打款', { amount }),
    MONEY_OWED: t('欠 {amount}', { amount }),
  }[kind];
}

interface ActsProps {
  readonly merchant: Merchant;
  readonly changed: () => void;
}

/** Who has asked for it, and what keeps it from being final. */
function Closing({ merchant: { id }, changed }: ActsProps) {
  const [{ data }, again] = useQuery({
    query: CLOSURE,
    variables: { merchantId: id },
    requestPolicy: 'cache-and-network',
  });
  const look = () => {
    again({ requestPolicy: 'network-only' });
    changed();
  };
  const finish = useDecision(CLOSURE_FINISH, look);
  const reopen = useDecision(CLOSURE_REOPEN, look);
  const closure = data?.merchantClosure;
  return (
    <div className="acts">
      {closure && (
        <p className="note">
          {closure.askedAs === 'OWNER' ? t('商家提出') : t('官方提出')} · {momentOf(closure.askedAt)} ·{' '}
          {closure.reason}
        </p>
      )}
      {closure?.obstacles.map((obstacle) => (
        <p key={obstacle.kind} className="note">
          {obstacleWord(obstacle)}
        </p>
      ))}
      {closure?.obstacles.length === 0 && <p className="note">{t('都了结了，可以办完。')}</p>}
      <Act
        name={t('办完关店')}
        question={t('办完就不能再开。提出的人不能自己办。')}
        isBad
        isBusy={finish.isBusy}
        refusal={finish.refusal}
        act={() => finish.act({ id })}
      />
      <Act
        name={t('不关了')}
        question={t('恢复到关店以前。写明为什么。')}
        wantsReason
        isBusy={reopen.isBusy}
        refusal={reopen.refusal}
        act={(reason) => reopen.act({ id, reason })}
      />
    </div>
  );
}

function Standing({ merchant: { id, state }, changed }: ActsProps) {
  const suspend = useDecision(MERCHANT_SUSPEND, changed);
  const reinstate = useDecision(MERCHANT_REINSTATE, changed);
  const close = useDecision(CLOSURE_ASK, changed);
  return (
    <div className="acts">
      {state === 'ACTIVE' && (
        <Act
          name={t('停止售卖')}
          question={t('马上不能卖，已卖出的照常发货。写明为什么，商家看得到。')}
          wantsReason
          isBad
          isBusy={suspend.isBusy}
          refusal={suspend.refusal}
          act={(reason) => suspend.act({ id, reason })}
        />
      )}
      {state === 'SUSPENDED' && (
        <Act
          name={t('恢复售卖')}
          question={t('又能卖了，货也回到货架上。写明为什么。')}
          wantsReason
          isBusy={reinstate.isBusy}
          refusal={reinstate.refusal}
          act={(reason) => reinstate.act({ id, reason })}
        />
      )}
      <Act
        name={t('关店')}
        question={t('马上不接新单，了结以后由另一个人办完。写明为什么。')}
        wantsReason
        isBad
        isBusy={close.isBusy}
        refusal={close.refusal}
        act={(reason) => close.act({ id, reason })}
      />
    </div>
  );
}

interface RowsProps extends Place {
  readonly state: State;
  readonly named: string;
  readonly round: number;
  readonly changed: () => void;
}

function Rows({ state, named, round, changed, ...place }: RowsProps) {
  const desk = useDesk();
  const [{ data, error }, again] = useQuery({
    query: MERCHANTS,
    variables: { state, named, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  useRound(round, look);
  return (
    <ListPart
      {...place}
      page={data?.merchants}
      error={error}
      retry={look}
      empty={<Empty icon="hall" title={t('没有这样的商家。')} />}
    >
      <Table
        caption={t('商家')}
        rows={data?.merchants.nodes ?? []}
        keyOf={({ id }) => id}
        columns={[
          { name: t('商家'), cell: ({ name }) => name },
          { name: t('所在地'), cell: ({ countyCode }) => countyName(desk, countyCode) },
          {
            name: t('执照到'),
            cell: ({ licensedUntil }) => (licensedUntil === null ? '—' : longDayOf(licensedUntil)),
          },
          {
            name: t('状态'),
            cell: ({ state: now, suspension }) => (
              <>
                {stateWord(now)}
                {suspension && <small>{suspension.reason}</small>}
              </>
            ),
          },
          ...(desk.may('MERCHANT_SUSPEND') && state !== 'CLOSED'
            ? [
                {
                  name: t('怎么办'),
                  cell: (merchant: Merchant) =>
                    merchant.state === 'CLOSING' ? (
                      <Closing merchant={merchant} changed={changed} />
                    ) : (
                      <Standing merchant={merchant} changed={changed} />
                    ),
                },
              ]
            : []),
        ]}
      />
    </ListPart>
  );
}

function Merchants() {
  const [state, setState] = useState<State>('ACTIVE');
  const [round, setRound] = useState(0);
  const [typed, setTyped] = useState('');
  const [named, setNamed] = useState('');
  const find = (event: FormEvent) => {
    event.preventDefault();
    setNamed(typed.trim());
  };
  return (
    <Page title={t('商家管理')} note={t('谁在卖、谁停了、谁在关店')}>
      <Section title={t('商家')}>
        <form className="filters no-print" onSubmit={find}>
          <label className="field">
            <span>{t('名称里有')}</span>
            <input
              type="search"
              maxLength={100}
              value={typed}
              onInput={({ currentTarget: { value } }) => {
                setTyped(value);
                // What was emptied asks for nothing.
                if (value === '') setNamed('');
              }}
            />
          </label>
          <label className="field">
            <span>{t('状态')}</span>
            <select value={state} onChange={(event) => setState(event.currentTarget.value as State)}>
              {STATES.map((each) => (
                <option key={each} value={each}>
                  {stateWord(each)}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button is-quiet">
            {t('找')}
          </button>
        </form>
        <List
          key={`${state} ${named}`}
          show={(place) => (
            <Rows {...place} state={state} named={named} round={round} changed={() => setRound(round + 1)} />
          )}
        />
      </Section>
    </Page>
  );
}

/** Who sells, who was stopped and who is closing; each decided by whoever answers for their county. */
export default function MerchantsPage() {
  return (
    <Only may="MERCHANT_READ">
      <Merchants />
    </Only>
  );
}
