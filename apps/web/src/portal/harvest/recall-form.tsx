import { useState } from 'react';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { Choice } from '../field.js';
import { RECALL } from '../harvest.documents.js';
import { type Advice, adviceWord } from './words.js';

/** Said so often that nobody has to type it. */
const reasons = (): readonly string[] => [
  t('检测发现农药残留超标'),
  t('有买家吃坏了肚子'),
  t('里面发现霉变或者虫蛀'),
  t('标签或者批次贴错了'),
];

/** Two steps: first what is wrong and what buyers do, then once more that it is meant. */
export function RecallForm({ batchId, changed }: { batchId: string; changed: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [advice, choose] = useState<Advice>('DO_NOT_EAT');
  const { act, isBusy, refusal } = useAct(RECALL);
  if (!isOpen)
    return (
      <button type="button" className="text-button is-alarm" onClick={() => setOpen(true)}>
        {t('这一批有问题，要召回')}
      </button>
    );
  return (
    <section className="panel form">
      <h2>{t('召回这一批')}</h2>
      <p className="notice is-alarm">
        {t('马上停止销售，没发的不能再发，买过的人都会收到短信。只有县里能解除。')}
      </p>
      <Choice
        legend={t('出了什么问题（买家看得到）')}
        options={reasons().map((each) => ({ value: each, name: each }))}
        value={reason}
        choose={setReason}
      >
        <input
          aria-label={t('也可以自己写')}
          placeholder={t('也可以自己写')}
          autoComplete="off"
          maxLength={200}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </Choice>
      <Choice
        legend={t('手里有的买家怎么办')}
        options={(['DO_NOT_EAT', 'THROW_AWAY', 'SEND_BACK'] as const).map((each) => ({
          value: each,
          name: adviceWord(each),
        }))}
        value={advice}
        choose={choose}
      />
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('召回')}
        sure={t('再按一次：召回并通知买家')}
        isBusy={isBusy || reason.trim().length < 5}
        className="button is-warm is-wide is-large"
        act={() => void act({ batchId, reason: reason.trim(), advice }).then((done) => done && changed())}
      />
      <button type="button" className="button is-quiet is-wide" onClick={() => setOpen(false)}>
        {t('不召回，回去')}
      </button>
    </section>
  );
}
