import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { amountOf } from '../../shared/money.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import { Failure } from '../../shared/ui/states.js';
import { CASES } from '../after-sale.documents.js';
import { WAITING } from '../case-words.js';
import { useDesk } from '../desk.js';
import { MONEY } from '../money.documents.js';
import { PICK_UP_TASKS } from '../pick-up.documents.js';
import { STOCK_ALERTS } from '../stock-keeping.documents.js';
import { isLow, useStock } from '../stock.js';
import { useOwnerTasks } from '../owner-tasks.js';
import { useToShipCount } from '../to-ship.js';
import { useTroubles } from '../tracking.js';
import { obstacleOf, wantsAccount } from '../words.js';

const HELP = '?';

interface EntranceProps {
  readonly href: string;
  readonly icon: IconName;
  readonly tone: string;
  readonly name: string;
  /** The number that counts; undefined while it is not known, null where there is none. */
  readonly figure?: string | undefined;
  readonly note: string;
}

function Entrance({ href, icon, tone, name, figure, note }: EntranceProps) {
  return (
    <Link href={href} className={`entrance ${tone}`}>
      <span className="entrance-icon">
        <Icon name={icon} />
      </span>
      <b>{name}</b>
      <span className="entrance-figure">{figure ?? ' '}</span>
      <small>{note}</small>
    </Link>
  );
}

interface Task {
  readonly href: string;
  readonly icon: IconName;
  readonly text: string;
  readonly isUrgent: boolean;
}

function Tasks({ tasks, later }: { tasks: readonly Task[] | undefined; later: number }) {
  return (
    <section className="panel rows" aria-label={t('今天要紧的事')} aria-busy={tasks === undefined}>
      <h2>
        <Icon name="clock" />
        {t('今天要紧的事')}
        <small>{dayOf(today())}</small>
      </h2>
      {tasks === undefined && <p className="skeleton is-line" aria-hidden="true" />}
      {tasks?.length === 0 && (
        <p className="all-done">
          <Icon name="check" />
          {later === 0 ? t('都做完了，歇一歇。') : t('今天没有要办的；{n} 单往后几天再发。', { n: later })}
        </p>
      )}
      {tasks?.map(({ href, icon, text, isUrgent }) => (
        <Link key={text} href={href} className={isUrgent ? 'is-urgent' : ''}>
          <Icon name={icon} />
          <span>{text}</span>
          <Icon name="right" />
        </Link>
      ))}
    </section>
  );
}

/** Why nothing is sold now. */
function standingWord({ state, suspension }: ReturnType<typeof useDesk>['merchant']): string {
  if (state === 'CLOSING') return t('正在关店，不再接新单。');
  if (state === 'CLOSED') return t('店已经关了，账单和订单还看得到。');
  return suspension
    ? t('现在不能卖货：{reason}。已经卖出的照常发货。', { reason: suspension.reason })
    : t('商家还没有审核通过，通过了就能卖货。');
}

function useMoney() {
  const { merchant, isOwner } = useDesk();
  const [{ data }] = useQuery({
    query: MONEY,
    variables: { merchantId: merchant.id },
    pause: !isOwner,
    requestPolicy: 'cache-and-network',
  });
  return data;
}

/** How many wait for an answer; as many as one page holds are many. */
function useCases(merchantId: string): string | null {
  const [{ data }] = useQuery({
    query: CASES,
    variables: { merchantId, states: [...WAITING], after: null },
    requestPolicy: 'cache-and-network',
  });
  const { nodes = [], pageInfo } = data?.afterSales ?? {};
  return nodes.length === 0 ? null : `${nodes.length}${pageInfo?.hasNextPage ? '+' : ''}`;
}

/** Of how many goods less is left than somebody wants to have; as many as one page holds are many. */
function useAlerts(merchantId: string): number {
  const [{ data }] = useQuery({
    query: STOCK_ALERTS,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  return new Set(data?.stockAlerts.nodes.map(({ variant }) => variant.id)).size;
}

/** Parcels for the cells of one's lockers: to be put in, and to be taken out. */
function usePickUps(merchantId: string): { readonly expected: number; readonly left: number } {
  const [{ data }] = useQuery({
    query: PICK_UP_TASKS,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  const { expected, overdue, stuck } = data ?? {};
  return {
    expected: expected?.nodes.length ?? 0,
    left: (overdue?.nodes.length ?? 0) + (stuck?.nodes.length ?? 0),
  };
}

/** What is wanted of somebody today, and the four ways in. */
export function Home() {
  useTitle(null);
  const { merchant, merchants, viewer, isOwner, choose } = useDesk();
  const { count, error, again } = useToShipCount(merchant.id);
  const low = useStock(merchant.id).value?.filter(isLow).length;
  const alerts = useAlerts(merchant.id);
  const cases = useCases(merchant.id);
  const troubles = useTroubles(merchant.id)?.nodes.length ?? 0;
  const pickUps = usePickUps(merchant.id);
  const books = useMoney();
  const money = books?.payoutOutlook;
  const ownerTasks = useOwnerTasks(merchant.id, isOwner);
  const { late = 0, today: due = 0, tomorrow = 0, later = 0 } = count ?? {};
  const isBlocked = books !== undefined && wantsAccount(obstacleOf(books));
  const tasks: Task[] = [
    ...(late > 0
      ? [
          {
            href: '/ship',
            icon: 'truck',
            text: t('{n} 单已经晚了，先发这些', { n: late }),
            isUrgent: true,
          } as const,
        ]
      : []),
    ...(due > 0
      ? [{ href: '/ship', icon: 'truck', text: t('{n} 单今天要发', { n: due }), isUrgent: false } as const]
      : []),
    ...(troubles > 0
      ? [
          {
            href: '/ship',
            icon: 'truck',
            text: t('{n} 个包裹路上出了问题', { n: troubles }),
            isUrgent: true,
          } as const,
        ]
      : []),
    ...(cases === null
      ? []
      : [
          {
            href: '/after-sales',
            icon: 'receipt',
            text: t('{n} 个售后等您处理', { n: cases }),
            isUrgent: true,
          } as const,
        ]),
    ...(pickUps.expected > 0
      ? [
          {
            href: '/pick-ups',
            icon: 'counter',
            text: t('{n} 件包裹等着放进格口', { n: pickUps.expected }),
            isUrgent: false,
          } as const,
        ]
      : []),
    ...(pickUps.left > 0
      ? [
          {
            href: '/pick-ups',
            icon: 'counter',
            text: t('{n} 件包裹没人取或打不开，要取出来', { n: pickUps.left }),
            isUrgent: true,
          } as const,
        ]
      : []),
    ...(alerts > 0
      ? [
          {
            href: '/stock',
            icon: 'box',
            text: t('{n} 样货少于您要留的数了', { n: alerts }),
            isUrgent: true,
          } as const,
        ]
      : []),
    ...(low !== undefined && low > 0
      ? [{ href: '/goods', icon: 'box', text: t('{n} 样货快没了', { n: low }), isUrgent: false } as const]
      : []),
    ...(isBlocked
      ? [
          {
            href: '/bank-account',
            icon: 'coin',
            text: t('填银行账户，钱才打得出去'),
            isUrgent: true,
          } as const,
        ]
      : []),
    ...ownerTasks,
  ];
  return (
    <main id="main" className="page">
      <h1 className="greeting">
        {merchants.length > 1 ? (
          <select
            aria-label={t('换一个商家')}
            value={merchant.id}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {merchants.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          merchant.name
        )}
        <Link href="/me" className="who-link">
          <Icon name="person" />
          {viewer.displayName}
        </Link>
      </h1>
      {merchant.state !== 'ACTIVE' && (
        <p className="notice is-bad" role="status">
          {standingWord(merchant)}{' '}
          {merchant.state === 'CLOSING' && isOwner && (
            <Link className="link" href="/closure">
              {t('看还差什么')}
            </Link>
          )}
        </p>
      )}
      <nav className="entrances" aria-label={t('去哪里')}>
        <Entrance
          href="/ship"
          icon="truck"
          tone="is-ship"
          name={t('去发货')}
          figure={count && String(late + due + tomorrow + later)}
          note={late > 0 ? t('有 {n} 单晚了', { n: late }) : t('单在等')}
        />
        <Entrance
          href="/stock"
          icon="box"
          tone="is-goods"
          name={t('我的货')}
          figure={low === undefined ? undefined : String(low)}
          note={t('样快没了')}
        />
        <Entrance
          href="/money"
          icon="coin"
          tone="is-money"
          name={t('我的钱')}
          figure={isOwner ? money && amountOf(money.nextFen).replace(/\.00$/, '') : '—'}
          note={
            isOwner
              ? money
                ? t('{day}打款', { day: dayOf(money.nextOn) })
                : t('下次打款')
              : t('只有负责人看得到')
          }
        />
        <Entrance
          href="/help"
          icon="help"
          tone="is-help"
          name={t('找帮助')}
          figure={HELP}
          note={t('怎么发货、怎么收钱')}
        />
      </nav>
      <div className="panels">
        {error && !count ? (
          <Failure error={error} retry={again} />
        ) : (
          <Tasks later={later} tasks={count && tasks} />
        )}
        <nav className="panel rows" aria-label={t('和买家')}>
          <Link href="/after-sales">
            <Icon name="receipt" />
            <span>{t('售后')}</span>
            <Icon name="right" />
          </Link>
          <Link href="/reviews">
            <Icon name="star" />
            <span>{t('评价')}</span>
            <Icon name="right" />
          </Link>
        </nav>
        {isOwner && (
          <nav className="panel rows" aria-label={t('专馆和专区')}>
            <Link href={merchant.kind === 'VENUE_OPERATOR' ? '/places' : '/consignment'}>
              <Icon name="hall" />
              <span>{merchant.kind === 'VENUE_OPERATOR' ? t('专馆和专区') : t('寄卖')}</span>
              <Icon name="right" />
            </Link>
          </nav>
        )}
        {isOwner && merchant.kind !== 'VENUE_OPERATOR' && (
          <nav className="panel rows" aria-label={t('认定和帮扶')}>
            <Link href="/certifications">
              <Icon name="certified" />
              <span>{t('产品认定')}</span>
              <Icon name="right" />
            </Link>
            <Link href="/linkage">
              <Icon name="heart" />
              <span>{t('帮扶农户')}</span>
              <Icon name="right" />
            </Link>
          </nav>
        )}
      </div>
    </main>
  );
}
