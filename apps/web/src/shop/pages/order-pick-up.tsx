import type { ResultOf } from 'gql.tada';
import { momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon, type IconName } from '../../shared/ui/icon.js';
import type { ORDER } from '../order.documents.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;
type Part = Order['merchantOrders'][number];
type PickUp = NonNullable<Part['pickUp']>;

interface Told {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const told = ({ state, cellCode, keptUntil, takenAt }: PickUp): Told =>
  ({
    WAITING: {
      icon: 'box' as const,
      title: t('在 {cell} 号格等您来取', { cell: cellCode }),
      text: t('{moment} 前来取', { moment: momentOf(keptUntil) }),
    },
    OPENING: {
      icon: 'clock' as const,
      title: t('{cell} 号格正在打开', { cell: cellCode }),
      text: t('请站在柜机前，拉开柜门。'),
    },
    STUCK: {
      icon: 'cloud' as const,
      title: t('{cell} 号格没有打开', { cell: cellCode }),
      text: t('运营方已经知道，会取出来换一格；您也可以再试一次。'),
    },
    OPENED: {
      icon: 'check' as const,
      title: t('{cell} 号格打开了，请拿好', { cell: cellCode }),
      text: t('柜门又关上了？十分钟内可以再开一次。'),
    },
    TAKEN: {
      icon: 'check' as const,
      title: t('取走了'),
      text: takenAt === null ? '' : t('{moment} 开的柜门', { moment: momentOf(takenAt) }),
    },
    OVERDUE: {
      icon: 'clock' as const,
      title: t('保管的日子过了'),
      text: t('取货码不能用了。运营方取出来以后，货款全部退回。'),
    },
    TAKEN_BACK: {
      icon: 'box' as const,
      title: t('运营方取出来了，要换一格'),
      text: t('放好以后会再发一个取货码；三天内没有放好就全部退款。'),
    },
    MOVED: { icon: 'box' as const, title: t('换了一格'), text: t('以新的取货码为准。') },
    RETURNED: {
      icon: 'close' as const,
      title: t('退回商家了'),
      text: t('货款全部退回，原路到账。'),
    },
  })[state];

/** 1234 5678, as it is read aloud and typed. */
const inFours = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** What one does at the cabinet: by its screen, or by one's own phone. */
function How({ code }: { code: string }) {
  return (
    <>
      <p className="pick-code" aria-label={t('取货码')}>
        {inFours(code)}
      </p>
      <ol className="steps">
        <li>{t('在柜机屏幕上输入取货码，或用手机扫屏幕上的码')}</li>
        <li>{t('柜门打开，拿走包裹，随手关门')}</li>
      </ol>
      <p className="note">{t('请别人代取，把取货码告诉他就行。')}</p>
    </>
  );
}

/** A parcel that one fetches: where it lies, by which code, until when. */
export default function PickUpPanel({ order, part }: { order: Order; part: Part }) {
  const { pickUp } = part;
  const place = order.recipient.address;
  if (pickUp === null)
    return (
      <section className="panel" role="status">
        <h2>
          <Icon name="pin" />
          {part.state === 'TO_SHIP' ? t('还在备货') : t('备好了，可以来取')}
        </h2>
        <p>
          {part.state === 'TO_SHIP' ? t('到了会发短信，这里也会变。取货地点：{place}', { place }) : place}
        </p>
      </section>
    );
  const { icon, title, text } = told(pickUp);
  return (
    <section className="panel is-benefit big-state">
      <Icon name={icon} />
      <div role="status">
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {pickUp.code !== null && <How code={pickUp.code} />}
      <p className="note">{place}</p>
    </section>
  );
}
