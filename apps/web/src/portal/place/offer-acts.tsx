import { useState } from 'react';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { RANGE_DECIDE } from '../consignment.documents.js';
import { TextField, faultsOf } from '../field.js';

interface ActProps {
  readonly offerId: string;
  readonly changed: () => void;
}

/** What nobody has answered is taken back. */
export function WithdrawOffer({ offerId, changed }: ActProps) {
  const { act, isBusy, refusal } = useAct(RANGE_DECIDE, changed);
  return (
    <>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('不问了')}
        sure={t('撤回，再按一次')}
        isBusy={isBusy}
        act={() => act({ offerId, act: 'WITHDRAWN' }).then((done) => done && changed())}
      />
    </>
  );
}

/** What was agreed is ended by either side, with why. */
export function EndOffer({ offerId, changed }: ActProps) {
  const [reason, setReason] = useState('');
  const { act, isBusy, refusal } = useAct(RANGE_DECIDE, changed);
  const faults = faultsOf(refusal);
  return (
    <details className="fold">
      <summary>{t('不再卖了')}</summary>
      <div className="form">
        <TextField
          label={t('原因')}
          path="reason"
          value={reason}
          max={300}
          faults={faults}
          onChange={setReason}
        />
        {faults.length === 0 && <RefusalNote refusal={refusal} />}
        <SureButton
          name={t('退场')}
          sure={t('退场，再按一次')}
          isBusy={isBusy}
          act={() => act({ offerId, act: 'ENDED', reason }).then((done) => done && changed())}
        />
      </div>
    </details>
  );
}
