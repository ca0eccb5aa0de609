import type { ResultOf } from 'gql.tada';
import { type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { longDayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { ListPart, type Place } from '../../shared/ui/list.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { useDesk } from '../desk.js';
import { TextField, faultsOf } from '../field.js';
import { OFFTAKES, OFFTAKE_DECIDE } from '../offtake.documents.js';

type Offtake = ResultOf<typeof OFFTAKES>['offtakes']['nodes'][number];
type Side = 'OPERATOR' | 'SELLER';

const stateWord = (state: Offtake['state']): string =>
  ({
    TOLD: t('等卖家核对'),
    CONFIRMED: t('卖家认了'),
    DENIED: t('卖家不认'),
    WITHDRAWN: t('收回了'),
  })[state];

interface ActProps {
  readonly offtakeId: string;
  readonly changed: () => void;
}

/** It was mistyped, and nobody has answered yet: it is taken back, and told anew. */
function Withdraw({ offtakeId, changed }: ActProps) {
  const { act, isBusy, refusal } = useAct(OFFTAKE_DECIDE, changed);
  return (
    <>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('写错了，撤回')}
        sure={t('撤回，再按一次')}
        isBusy={isBusy}
        act={() => act({ offtakeId, act: 'WITHDRAWN' }).then((done) => done && changed())}
      />
    </>
  );
}

/** Whether it was so: yes, or no with what is wrong. */
function Answer({ offtakeId, changed }: ActProps) {
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(OFFTAKE_DECIDE, changed);
  const faults = faultsOf(refusal);
  const answer = (said: 'CONFIRMED' | 'DENIED') =>
    act({ offtakeId, act: said, reason: said === 'DENIED' ? reason : null }).then(
      (done) => done && changed(),
    );
  return (
    <>
      <TextField
        label={t('不对的话，哪里不对')}
        path="reason"
        value={reason}
        max={300}
        faults={faults}
        onChange={setReason}
      />
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <div className="pair">
        <SureButton
          name={t('没错')}
          sure={t('没错，再按一次')}
          isBusy={isBusy}
          className="button"
          act={() => answer('CONFIRMED')}
        />
        <button
          type="button"
          className="button is-quiet"
          disabled={isBusy}
          onClick={() => void answer('DENIED')}
        >
          {t('不对')}
        </button>
      </div>
    </>
  );
}

function OfftakeCard({ offtake, side, changed }: { offtake: Offtake; side: Side; changed: () => void }) {
  const { id, state, productName, variantName, quantity, amountFen, boughtOn, documentNo, reason } = offtake;
  return (
    <div className="card">
      <p className="card-head">
        <b>{productName}</b>
        <span className={`tag${state === 'CONFIRMED' ? '' : ' is-warm'}`}>{stateWord(state)}</span>
      </p>
      <p>
        {variantName} ×{quantity}
      </p>
      <small>
        {side === 'OPERATOR'
          ? `${offtake.merchantName} → ${offtake.placeName}`
          : `${offtake.operatorName} · ${offtake.placeName}`}
      </small>
      <p className="card-foot">
        <small>
          {longDayOf(boughtOn)} · {documentNo}
        </small>
        <b>{amountOf(amountFen)}</b>
      </p>
      {reason !== '' && <p>{reason}</p>}
      {state === 'TOLD' && side === 'OPERATOR' && <Withdraw offtakeId={id} changed={changed} />}
      {state === 'TOLD' && side === 'SELLER' && <Answer offtakeId={id} changed={changed} />}
    </div>
  );
}

interface OfftakesProps extends Place {
  readonly side: Side;
  readonly state: Offtake['state'] | null;
  readonly empty: ReactNode;
}

/** What was bought outright, by or of a merchant. */
export function Offtakes({ side, state, empty, ...place }: OfftakesProps) {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: OFFTAKES,
    variables: { merchantId: merchant.id, side, state, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  return (
    <ListPart {...place} page={data?.offtakes} error={error} retry={look} empty={empty}>
      {data?.offtakes.nodes.map((offtake) => (
        <OfftakeCard key={offtake.id} offtake={offtake} side={side} changed={look} />
      ))}
    </ListPart>
  );
}
