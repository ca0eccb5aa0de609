import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { CLAIM_ORDER } from '../order-acts.documents.js';

/** Ordered without signing in: whoever has the phone that it was ordered for makes it their own. */
export default function ClaimOrder({ orderId, changed }: { orderId: string; changed: () => void }) {
  const { act, isBusy, refusal } = useAct(CLAIM_ORDER);
  return (
    <>
      <RefusalNote
        refusal={
          refusal?.code === 'NOT_FOUND' ? { message: t('收货手机号和您的不一样，认领不了。') } : refusal
        }
      />
      <button
        type="button"
        className="button is-quiet"
        disabled={isBusy}
        onClick={() => void act({ orderId }).then((done) => done && changed())}
      >
        {t('是我没登录时下的单')}
      </button>
    </>
  );
}
