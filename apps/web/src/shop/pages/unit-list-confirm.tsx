import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { BULK_CHECK, BULK_CONFIRM, BULK_DISCARD, type BulkOrder } from '../bulk.documents.js';
import { CREDIT, UNITS } from '../unit.documents.js';
import { type Billing, Funds, UNIT_FUNDS } from './unit-funds.js';

interface Choice {
  readonly name: string;
  readonly text: string;
  readonly isOn: boolean;
  readonly choose: () => void;
}

const Radio = ({ name, text, isOn, choose }: Choice) => (
  <label className="option">
    <input type="radio" name={name} checked={isOn} onChange={choose} />
    <span>{text}</span>
  </label>
);

/** The yes to a list: for the sum that is shown, or nothing. */
export function UnitListConfirm({ list, changed }: { list: BulkOrder; changed: () => void }) {
  const [{ data }] = useQuery({ query: UNITS, variables: {} });
  const [{ data: account }] = useQuery({ query: CREDIT, variables: { unitId: list.unitId } });
  const [isWhole, setWhole] = useState(false);
  const [isOnAccount, setOnAccount] = useState<boolean | null>(null);
  const [billing, setBilling] = useState<Billing>(UNIT_FUNDS);
  const confirm = useAct(BULK_CONFIRM, changed);
  const check = useAct(BULK_CHECK, changed);
  const discard = useAct(BULK_DISCARD, changed);
  const unit = data?.myProcurementUnits.find(({ id }) => id === list.unitId);
  const credit = account?.unitCredit;
  // Whoever may owe does: one transfer pays all of it.
  const isOwed = isOnAccount ?? Boolean(credit);
  const isBusy = confirm.isBusy || check.isBusy || discard.isBusy;
  const of = { bulkOrderId: list.id };
  if (unit && !unit.myRoles.includes('BUYER') && !unit.myRoles.includes('CONTRACTOR'))
    return <p className="note">{t('等采购经办确认。')}</p>;
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="check" />
        {t('确认下单')}
      </h2>
      <div className="options" role="radiogroup" aria-label={t('有的下不成怎么办')}>
        <Radio
          name="mode"
          text={t('下得成的先下，下不成的告诉我')}
          isOn={!isWhole}
          choose={() => setWhole(false)}
        />
        <Radio
          name="mode"
          text={t('要么全下，要么一单也不下')}
          isOn={isWhole}
          choose={() => setWhole(true)}
        />
      </div>
      <div className="options" role="radiogroup" aria-label={t('怎么付')}>
        {credit && (
          <Radio
            name="term"
            text={t('挂账，审批人签字后 {n} 天内付', { n: credit.daysToPay })}
            isOn={isOwed}
            choose={() => setOnAccount(true)}
          />
        )}
        <Radio
          name="term"
          text={t('现在付：最多二十位收货人，每一单十五分钟内付款')}
          isOn={!isOwed}
          choose={() => setOnAccount(false)}
        />
      </div>
      {unit && <Funds unit={unit} billing={billing} choose={setBilling} />}
      <RefusalNote refusal={confirm.refusal ?? check.refusal ?? discard.refusal} />
      <button
        type="button"
        className="button is-warm is-wide"
        disabled={isBusy || list.totalFen === '0'}
        onClick={() =>
          void confirm
            .act({
              input: {
                ...of,
                totalFen: list.totalFen,
                mode: isWhole ? 'ALL_OR_NOTHING' : 'EACH_BY_ITSELF',
                paymentTerm: isOwed ? 'ON_ACCOUNT' : 'PREPAID',
                isForUnion: billing.isForUnion,
                invoiceTitleId: billing.titleId,
              },
            })
            .then((done) => done && changed())
        }
      >
        {t('按 ¥{amount} 下单', { amount: yuanExact(list.totalFen) })}
      </button>
      <div className="two-acts">
        <button
          type="button"
          className="button is-quiet"
          disabled={isBusy}
          onClick={() => void check.act(of).then((done) => done && changed())}
        >
          {t('价格和库存再查一遍')}
        </button>
        <SureButton
          name={t('这张表不要了')}
          sure={t('真的不要了')}
          isBusy={isBusy}
          act={() => discard.act(of).then((done) => done && changed())}
        />
      </div>
    </section>
  );
}
