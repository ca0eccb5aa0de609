import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { dayOf, monthNameOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { OWNER_TASKS } from './paper.documents.js';

type Standing = ResultOf<typeof OWNER_TASKS>['merchantPapers']['standings'][number];

/** As short as a line has to be; the page of papers names them all. */
function paperName(kind: Standing['kind']): string {
  if (kind === 'BUSINESS_LICENCE') return t('营业执照');
  if (kind === 'FOOD_PRODUCTION_LICENCE') return t('食品生产许可证');
  return kind === 'FOOD_BUSINESS_LICENCE' ? t('食品经营许可证') : t('一份证照');
}

function textOf({ kind, standing, endsOn, isLicence }: Standing): string {
  const paper = paperName(kind);
  if (standing === 'ENDED')
    return isLicence ? t('{paper}到期了，现在不能卖货', { paper }) : t('{paper}到期了', { paper });
  const day = dayOf(endsOn ?? '');
  return isLicence
    ? t('{paper}{day}到期，换好新证才能接着卖', { paper, day })
    : t('{paper}{day}到期', { paper, day });
}

export interface OwnerTask {
  readonly href: string;
  readonly icon: 'certified' | 'box' | 'hall';
  readonly text: string;
  readonly isUrgent: boolean;
}

/** What an owner has to see to besides orders: papers that end within a month or have ended, as long as the next one has not been brought, goods that were sent back, and what operators of pavilions and zones ask. */
export function useOwnerTasks(merchantId: string, isOwner: boolean): readonly OwnerTask[] {
  const [{ data }] = useQuery({
    query: OWNER_TASKS,
    variables: { merchantId },
    pause: !isOwner,
    requestPolicy: 'cache-and-network',
  });
  const papers = (data?.merchantPapers.standings ?? [])
    // Who was registered without papers is limited by none until they bring some.
    .filter(({ standing, isWaiting }) => (standing === 'ENDED' || standing === 'ENDING') && !isWaiting)
    .map((standing): OwnerTask => ({
      href: '/papers',
      icon: 'certified',
      text: textOf(standing),
      isUrgent: standing.isLicence,
    }));
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
  return [...papers, ...goods, ...places, ...tables];
}
