import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { dayOf, longDayOf } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { takeFile } from '../../shared/files.js';
import { type Refusal, useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { idsOf, isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { OwnerOnly, useDesk } from '../desk.js';
import { type Papers, type Standing, numberWord, paperWord } from '../paper-words.js';
import { PAPERS, PAPER_HAND_IN, PAPER_WITHDRAW } from '../paper.documents.js';

type Paper = Papers['papers'][number];

const FILES_MAX = 6;
function standingWord({ standing, endsOn, isLicence }: Standing): string {
  if (standing === 'MISSING') return t('还没有');
  if (standing === 'ENDED' && endsOn)
    return isLicence
      ? t('{day}到期了，现在不能卖货', { day: longDayOf(endsOn) })
      : t('{day}到期了', { day: longDayOf(endsOn) });
  return endsOn ? t('有效到{day}', { day: longDayOf(endsOn) }) : t('长期有效');
}

/** Another one of a kind: what it says, and what it looks like. */
function Renew({ of, last, changed }: { of: Standing; last: Paper | undefined; changed: () => void }) {
  const { merchant } = useDesk();
  const { kind, form } = of;
  // Of a licence whose number is the credit code, the service knows it.
  const number = numberWord(form.number);
  const [draft, change, forget] = useDraft(`paper:${merchant.id}:${kind}`, {
    number: last?.number ?? '',
    validFrom: '',
    validTo: '',
    fileIds: [] as readonly string[],
    key: '',
  });
  const say = (changes: Partial<typeof draft>) => change({ key: '', ...changes });
  const photos = usePhotos(
    `paper:${merchant.id}:${kind}`,
    draft.fileIds,
    (fileIds) => say({ fileIds }),
    FILES_MAX,
    'files',
  );
  const { act, isBusy, refusal } = useAct(PAPER_HAND_IN);
  const isOnItsWay = isUnderWay(photos.shots);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is sent again under its key is the same paper.
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
    const paper = {
      kind,
      number: number === null ? null : orNull(draft.number),
      validFrom: orNull(draft.validFrom),
      validTo: orNull(draft.validTo),
      fileIds: [...idsOf(photos.shots)],
    };
    void act({ input: { merchantId: merchant.id, idempotencyKey: key, paper } }).then((handedIn) => {
      if (!handedIn) return;
      forget();
      changed();
    });
  };
  const faultOf = (path: string) => refusal?.fields?.find((field) => field.path?.endsWith(path))?.message;
  const day = (name: 'validFrom' | 'validTo', label: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={draft[name]}
        onInput={(event) => say({ [name]: event.currentTarget.value })}
      />
      {faultOf(name) && <p className="fault">{faultOf(name)}</p>}
    </label>
  );
  return (
    <form className="form" onSubmit={submit}>
      {number !== null && (
        <label className="field">
          <span>{number}</span>
          <input
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={60}
            value={draft.number}
            onInput={(event) => say({ number: event.currentTarget.value.toUpperCase() })}
          />
          {faultOf('number') && <p className="fault">{faultOf('number')}</p>}
        </label>
      )}
      {form.ageDaysMax === null
        ? form.validTo !== 'NEVER' && day('validFrom', t('从哪天起有效，没写可以不填'))
        : day('validFrom', t('哪天出的报告'))}
      {form.validTo !== 'NEVER' &&
        day('validTo', form.validTo === 'ALWAYS' ? t('到哪天') : t('到哪天，长期的不填'))}
      <PhotoPicker
        photos={photos}
        label={t('拍清楚，四个角都在里面')}
        max={FILES_MAX}
        also="application/pdf"
      />
      {faultOf('fileIds') && <p className="fault">{faultOf('fileIds')}</p>}
      {(refusal?.fields ?? []).length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-wide"
        disabled={isBusy || isOnItsWay || photos.shots.length === 0}
      >
        {isOnItsWay ? t('照片正在传…') : t('交上去审核')}
      </button>
    </form>
  );
}

function Waits({ paper, changed }: { paper: Paper; changed: () => void }) {
  const { act, isBusy, refusal } = useAct(PAPER_WITHDRAW, changed);
  return (
    <>
      <p className="notice">{t('{day}交的新证在等审核', { day: dayOf(paper.broughtAt) })}</p>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('交错了，撤回来')}
        sure={t('确定撤回？再点一次')}
        isBusy={isBusy}
        act={() => void act({ paperId: paper.id }).then((done) => done && changed())}
      />
    </>
  );
}

/** Photos and PDFs of what counts, to be looked at again. */
function Files({ paper }: { paper: Paper }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = (fileId: string) =>
    void takeFile(`/merchant-papers/${paper.id}/files/${fileId}`).then(setRefusal);
  return (
    <>
      <div className="chips">
        {paper.files.map(({ id }, index) => (
          <button key={id} type="button" className="chip" onClick={() => take(id)}>
            {t('看第 {n} 张', { n: index + 1 })}
          </button>
        ))}
      </div>
      <RefusalNote refusal={refusal} />
    </>
  );
}

function Kind({ of, papers, changed }: { of: Standing; papers: readonly Paper[]; changed: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const ofKind = papers.filter(({ kind }) => kind === of.kind);
  const counting = ofKind.find(({ isCounting }) => isCounting);
  const waiting = ofKind.find(({ state }) => state === 'WAITING');
  // The latest of all: one that was returned before another was accepted is over.
  const [latest] = ofKind;
  const isBad = of.standing === 'MISSING' || of.standing === 'ENDED';
  const done = () => {
    setOpen(false);
    changed();
  };
  return (
    <section className="panel">
      <h2>
        <Icon name={isBad ? 'clock' : 'certified'} />
        {paperWord(of.kind)}
        {of.standing === 'ENDING' && <span className="tag is-warm">{t('快到期')}</span>}
      </h2>
      <p className={isBad ? 'notice is-bad' : ''}>{standingWord(of)}</p>
      {counting && counting.number !== '' && <p className="code">{counting.number}</p>}
      {counting && <Files paper={counting} />}
      {latest?.state === 'RETURNED' && (
        <p className="notice is-bad">{t('上次交的退回来了：{reason}', { reason: latest.reason })}</p>
      )}
      {waiting ? (
        <Waits paper={waiting} changed={changed} />
      ) : isOpen ? (
        <Renew of={of} last={counting} changed={done} />
      ) : (
        <button
          type="button"
          className={`button is-wide${of.standing === 'VALID' ? ' is-quiet' : ''}`}
          onClick={() => setOpen(true)}
        >
          {of.standing === 'MISSING' ? t('交一份') : t('换新证')}
        </button>
      )}
    </section>
  );
}

function OwnPapers() {
  const { merchant } = useDesk();
  const [{ data, error }, again] = useQuery({
    query: PAPERS,
    variables: { merchantId: merchant.id },
    requestPolicy: 'cache-and-network',
  });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  const { standings, papers } = data.merchantPapers;
  return (
    <div className="panels">
      {standings.map((standing) => (
        <Kind key={standing.kind} of={standing} papers={papers} changed={look} />
      ))}
    </div>
  );
}

/** What papers the merchant has and until when, and the next one of each. */
export default function PapersPage() {
  return (
    <>
      <TopBar title={t('证照')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <OwnPapers />
        </OwnerOnly>
      </main>
    </>
  );
}
