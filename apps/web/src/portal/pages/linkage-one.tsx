import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { longDayOf, tomorrow } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { OwnerOnly } from '../desk.js';
import { faultsOf } from '../field.js';
import { LINKAGE, LINKAGE_AMEND, LINKAGE_END, LINKAGE_SIGN } from '../linkage.documents.js';
import { AgreementForm } from '../linkage/agreement-form.js';
import { Evidence } from '../linkage/evidence.js';
import { PayForm } from '../linkage/pay-form.js';
import { Payments } from '../linkage/payments.js';
import { TermFields, type Terms, termsInput, termsOf } from '../linkage/terms.js';
import { type Agreement, agreementWord, currentTerm, kindWord, termLines } from '../linkage/words.js';

/** Pages of a contract. */
const PHOTOS_MAX = 9;

interface PartProps {
  readonly agreement: Agreement;
  readonly changed: () => void;
}

function Agreed({ agreement }: { agreement: Agreement }) {
  const { kind, state, startsOn, endsBefore, households } = agreement;
  const term = currentTerm(agreement);
  return (
    <section className="panel">
      <h2>
        <Icon name="heart" />
        {kindWord(kind)}
        <span className={`tag${state === 'ACTIVE' ? '' : ' is-warm'}`}>{agreementWord(state)}</span>
      </h2>
      <p>
        {endsBefore === null
          ? t('{day}起', { day: longDayOf(startsOn) })
          : t('{from}起，{to}前', { from: longDayOf(startsOn), to: longDayOf(endsBefore) })}
      </p>
      {term && termLines(kind, term).map((line) => <p key={line}>{line}</p>)}
      {term && term.note !== '' && <p className="note">{term.note}</p>}
      <ul className="goods-lines">
        {households.map(({ householdId, headName, weight }) => (
          <li key={householdId}>
            <span>{headName}</span>
            <small>{t('{n} 份', { n: weight })}</small>
          </li>
        ))}
      </ul>
      {term && <Evidence of={term.id} photoIds={term.photoIds} />}
    </section>
  );
}

/** Photos of what was signed, kept until they are sent. */
function useSignedPhotos(key: string) {
  const [draft, change, forget] = useDraft<{ photos: readonly string[] }>(key, { photos: [] });
  const photos = usePhotos(
    key,
    draft.photos,
    (ids) => {
      if (ids.join() !== draft.photos.join()) change({ photos: ids });
    },
    PHOTOS_MAX,
  );
  const picker = (
    <PhotoPicker
      photos={photos}
      label={t('拍签好字的协议，最多 9 张')}
      hint={t('每一页都要拍，签名和手印要看得清。')}
      max={PHOTOS_MAX}
    />
  );
  const isReady = draft.photos.length > 0 && !isUnderWay(photos.shots);
  return { picker, isReady, photoIds: [...draft.photos], forget };
}

function Draft({ agreement, changed }: PartProps) {
  const [isChanging, setChanging] = useState(false);
  const signed = useSignedPhotos(`sign:${agreement.id}`);
  const { act, isBusy, refusal } = useAct(LINKAGE_SIGN, changed);
  if (isChanging)
    return (
      <AgreementForm
        agreement={agreement}
        saved={() => {
          setChanging(false);
          changed();
        }}
      />
    );
  const sign = async () => {
    const { id, revision } = agreement;
    if (!(await act({ id, revision, photoIds: signed.photoIds }))) return;
    signed.forget();
    changed();
  };
  return (
    <>
      <Agreed agreement={agreement} />
      <button type="button" className="button is-quiet is-wide" onClick={() => setChanging(true)}>
        {t('改一改')}
      </button>
      <section className="panel form">
        <h2>{t('签好了就拍照')}</h2>
        {signed.picker}
        <RefusalNote refusal={refusal} />
        <SureButton
          className="button is-warm is-wide is-large"
          name={t('签好了')}
          sure={t('签了就不能改人和种类，再按一次')}
          isBusy={isBusy || !signed.isReady}
          act={() => void sign()}
        />
      </section>
    </>
  );
}

function Amend({ agreement, changed }: PartProps) {
  const { id, kind, revision } = agreement;
  const [form, change, forget] = useDraft<Terms>(`amend:${id}:${revision}`, termsOf(currentTerm(agreement)));
  const signed = useSignedPhotos(`amend-photos:${id}:${revision}`);
  const { act, isBusy, refusal } = useAct(LINKAGE_AMEND, changed);
  const faults = faultsOf(refusal);
  const amend = async () => {
    const input = { agreementId: id, revision, terms: termsInput(kind, form), photoIds: signed.photoIds };
    if (!(await act({ input }))) return;
    forget();
    signed.forget();
    changed();
  };
  return (
    <details className="panel fold">
      <summary>
        <Icon name="receipt" />
        {t('改约定，再签一次')}
      </summary>
      <div className="form">
        <TermFields kind={kind} terms={form} faults={faults} change={change} />
        {signed.picker}
        {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
        <button
          type="button"
          className="button is-wide"
          disabled={isBusy || !signed.isReady}
          onClick={() => void amend()}
        >
          {t('按新的来')}
        </button>
      </div>
    </details>
  );
}

function End({ agreement, changed }: PartProps) {
  const [day, setDay] = useState('');
  const { act, isBusy, refusal } = useAct(LINKAGE_END, changed);
  return (
    <details className="panel fold">
      <summary>
        <Icon name="clock" />
        {t('不再合作了')}
      </summary>
      <div className="form">
        <label className="field">
          <span>{t('从哪天起不算了，最早明天')}</span>
          <input
            type="date"
            min={tomorrow()}
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </label>
        <RefusalNote refusal={refusal} />
        <SureButton
          className="button is-quiet is-wide"
          name={t('定下结束的日子')}
          sure={t('到那天协议就结束了，再按一次')}
          isBusy={isBusy || day === ''}
          act={() => void act({ id: agreement.id, endsBefore: day }).then((done) => done && changed())}
        />
      </div>
    </details>
  );
}

function Signed({ agreement, changed }: PartProps) {
  const { id, revision, state, kind } = agreement;
  // What was paid anew stands first: the list begins again.
  const [round, setRound] = useState(0);
  return (
    <>
      <Agreed agreement={agreement} />
      {state !== 'SIGNED' && kind !== 'SERVICE' && (
        <PayForm agreement={agreement} paid={() => setRound(round + 1)} />
      )}
      <Payments key={round} agreement={agreement} changed={() => setRound(round + 1)} />
      {state !== 'ENDED' && (
        <>
          <Amend key={`${id} ${revision}`} agreement={agreement} changed={changed} />
          <End agreement={agreement} changed={changed} />
        </>
      )}
    </>
  );
}

function Page({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: LINKAGE,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const agreement = data.linkageAgreement;
  if (!agreement)
    return (
      <Empty icon="heart" title={t('这里看不到这份协议：它不在，或者是别家的。')}>
        <Link className="button" href="/linkage">
          {t('看所有协议')}
        </Link>
      </Empty>
    );
  return (
    <div className="panels">
      {agreement.state === 'DRAFT' ? (
        <Draft key={agreement.revision} agreement={agreement} changed={look} />
      ) : (
        <Signed agreement={agreement} changed={look} />
      )}
    </div>
  );
}

/** One agreement: what it says, what was paid by it, and how it changes. */
export default function LinkageOne({ id }: { id: string }) {
  return (
    <>
      <TopBar title={t('帮扶协议')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <Page id={id} />
        </OwnerOnly>
      </main>
    </>
  );
}
