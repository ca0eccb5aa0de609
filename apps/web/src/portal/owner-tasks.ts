import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { dayOf, monthNameOf, tomorrow } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { kgOf } from './harvest/words.js';
import { OWNER_TASKS, type PRESALE_TASK, RECOGNITION_TASKS } from './paper.documents.js';
import { paperTask } from './paper-task.js';

export interface OwnerTask {
  readonly href: string;
  readonly icon: 'certified' | 'box' | 'hall';
  readonly text: string;
  readonly isUrgent: boolean;
}

type Presale = ResultOf<typeof PRESALE_TASK>;

/** What is promised for tomorrow is picked today, of a presale that is closed as well; what waits, nobody can order. */
function presaleTasks({ id, state, waitingG, variants, days }: Presale): OwnerTask[] {
  const goods = variants[0]?.productName ?? '';
  const dueG = days.find(({ day }) => day === tomorrow())?.reservedG ?? 0;
  return [
    ...(dueG > 0 ? [t('{goods}预售明天要发 {kg} 公斤', { goods, kg: kgOf(dueG) })] : []),
    ...(state === 'OPEN' && waitingG > 0
      ? [t('{goods}预售有 {kg} 公斤等县里放行', { goods, kg: kgOf(waitingG) })]
      : []),
  ].map((text) => ({ href: `/presales/${id}`, icon: 'box', text, isUrgent: false }));
}

type Recognition = ResultOf<typeof RECOGNITION_TASKS>;

/** What was sent back to be mended, and what counts for two months more at the most. */
function certificationTasks(data: Recognition | undefined, merchantId: string): OwnerTask[] {
  const own = <N extends { readonly merchantId: string }>(nodes: readonly N[] = []) =>
    nodes.filter((each) => each.merchantId === merchantId);
  const returned = own(data?.certificationApplications.nodes)
    .filter(({ state }) => state === 'RETURNED')
    .map(({ id, productName }): OwnerTask => ({
      href: `/certifications/${id}`,
      icon: 'certified',
      text: t('{goods}的认定退回来了，改一改', { goods: productName }),
      isUrgent: false,
    }));
  const ending = own(data?.certificationEntries.nodes)
    .filter(({ state }) => state === 'EXPIRING')
    .map(({ productName, validTo, termEndsAt }): OwnerTask => {
      const facts = { goods: productName, day: dayOf(validTo) };
      // As long as its term lasts an official carries it on; after that it is applied for anew.
      const isCarried = termEndsAt !== null && validTo < termEndsAt;
      return {
        href: '/certifications',
        icon: 'certified',
        text: isCarried
          ? t('{goods}的认定有效到 {day}前，请县里复核', facts)
          : t('{goods}的认定有效到 {day}前，要重新申请', facts),
        isUrgent: false,
      };
    });
  return [...returned, ...ending];
}

/** What an owner has to see to besides orders: papers that end within a month or have ended, goods that were sent back, what becomes of their recognition, and what operators of pavilions and zones ask. */
export function useOwnerTasks(merchantId: string, isOwner: boolean): readonly OwnerTask[] {
  const [{ data }] = useQuery({
    query: OWNER_TASKS,
    variables: { merchantId },
    pause: !isOwner,
    requestPolicy: 'cache-and-network',
  });
  const [{ data: recognition }] = useQuery({
    query: RECOGNITION_TASKS,
    variables: {},
    pause: !isOwner,
    requestPolicy: 'cache-and-network',
  });
  const papers = (data?.merchantPapers.standings ?? []).flatMap((standing): OwnerTask[] => {
    const task = paperTask(standing);
    return task ? [{ href: '/papers', icon: 'certified', ...task }] : [];
  });
  const goods = (data?.listings.nodes ?? []).map(({ id, name }): OwnerTask => ({
    href: `/listings/${id}`,
    icon: 'box',
    text: t('{goods}退回来了，改一改', { goods: name === '' ? t('一样货') : name }),
    isUrgent: false,
  }));
  const asked = data?.asked.nodes.length ?? 0;
  const told = data?.told.nodes.length ?? 0;
  const places: OwnerTask[] = [
    ...(asked > 0 ? [t('{n} 样货，馆区想卖', { n: asked })] : []),
    ...(told > 0 ? [t('{n} 笔收购等您核对', { n: told })] : []),
  ].map((text) => ({ href: '/consignment', icon: 'hall', text, isUrgent: false }));
  const tables = (data?.sold.nodes ?? [])
    .filter(({ state }) => state === 'CHECKED')
    .map(({ id, month, faultyCount }): OwnerTask => ({
      href: `/sell-through/${id}`,
      icon: 'hall',
      text:
        faultyCount > 0
          ? t('{month}的销售表有 {n} 行有误', { month: monthNameOf(month), n: faultyCount })
          : t('{month}的销售表等您确认', { month: monthNameOf(month) }),
      isUrgent: false,
    }));
  const presales = [...(data?.open.nodes ?? []), ...(data?.closed.nodes ?? [])].flatMap(presaleTasks);
  return [
    ...papers,
    ...goods,
    ...presales,
    ...certificationTasks(recognition, merchantId),
    ...places,
    ...tables,
  ];
}
