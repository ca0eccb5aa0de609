import { useState } from 'react';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { idsOf, isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { TextField, faultsOf } from '../field.js';
import { PLACE_STEP } from '../place.documents.js';
import type { OwnPlace } from './words.js';

/** As many as a step takes. */
const PHOTOS_MAX = 9;

interface StepProps {
  readonly place: OwnPlace;
  readonly changed: () => void;
}

/** What is told with photos: that the site is agreed, that it is built. */
export function PhotoStep({ place: { id, revision, state }, changed }: StepProps) {
  const act = state === 'PROPOSED' ? 'SITE_AGREED' : 'BUILT';
  const form = `place:${id}:${revision}`;
  // A phone may forget the page while its camera is open.
  const [draft, change, forget] = useDraft<{ readonly photos: readonly string[] }>(form, { photos: [] });
  const photos = usePhotos(
    form,
    draft.photos,
    (ids) => {
      if (ids.join() !== draft.photos.join()) change({ photos: ids });
    },
    PHOTOS_MAX,
  );
  const step = useAct(PLACE_STEP, changed);
  const ids = idsOf(photos.shots);
  const send = async () => {
    const done = await step.act({ input: { placeId: id, revision, act, fileIds: [...ids] } });
    if (!done) return;
    forget();
    changed();
  };
  return (
    <section className="panel form">
      <h2>{act === 'BUILT' ? t('建好了') : t('落实场地')}</h2>
      <PhotoPicker
        photos={photos}
        label={act === 'BUILT' ? t('建成后的照片，最多 9 张') : t('场地协议或产权证明的照片，最多 9 张')}
        hint={act === 'BUILT' ? t('门头、货架、标识牌都拍到。') : t('每一页都要看得清。')}
        max={PHOTOS_MAX}
      />
      {isUnderWay(photos.shots) && <p className="note">{t('照片还在传，传好了再交。')}</p>}
      <RefusalNote refusal={step.refusal} />
      <button
        type="button"
        className="button is-warm is-wide is-large"
        disabled={step.isBusy || ids.length === 0 || isUnderWay(photos.shots)}
        onClick={() => void send()}
      >
        {act === 'BUILT' ? t('交上去，等验收') : t('交上去，等审批')}
      </button>
    </section>
  );
}

/** What is told in a word: that it opens. */
export function OpenStep({ place: { id, revision, state }, changed }: StepProps) {
  const step = useAct(PLACE_STEP, changed);
  return (
    <section className="panel form">
      <RefusalNote refusal={step.refusal} />
      <button
        type="button"
        className="button is-wide is-large"
        disabled={step.isBusy}
        onClick={() =>
          void step.act({ input: { placeId: id, revision, act: 'OPENED' } }).then((done) => done && changed())
        }
      >
        {state === 'SUSPENDED' ? t('恢复营业') : t('开业')}
      </button>
    </section>
  );
}

/** What stops it, for a while or for good, with why. */
export function StopStep({ place: { id, revision, state }, changed }: StepProps) {
  const [reason, setReason] = useState('');
  const step = useAct(PLACE_STEP, changed);
  const stop = (act: 'SUSPENDED' | 'CLOSED') =>
    void step.act({ input: { placeId: id, revision, act, reason } }).then((done) => done && changed());
  return (
    <details className="panel fold">
      <summary>{state === 'OPEN' ? t('暂停或关闭') : t('关闭')}</summary>
      <div className="form">
        <TextField
          label={t('原因')}
          path="reason"
          value={reason}
          max={500}
          rows={2}
          faults={faultsOf(step.refusal)}
          onChange={setReason}
        />
        {(step.refusal?.fields ?? []).length === 0 && <RefusalNote refusal={step.refusal} />}
        <div className="pair">
          {state === 'OPEN' && (
            <button
              type="button"
              className="button is-quiet"
              disabled={step.isBusy}
              onClick={() => stop('SUSPENDED')}
            >
              {t('暂停营业')}
            </button>
          )}
          <SureButton
            name={t('关闭')}
            sure={t('关了就不能再开。确定？再点一次')}
            isBusy={step.isBusy}
            act={() => stop('CLOSED')}
          />
        </div>
      </div>
    </details>
  );
}
