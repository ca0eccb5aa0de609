import { useEffect } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { usePhotos } from '../../shared/use-photos.js';
import { PAPERS_REQUIRED } from '../apply.documents.js';
import { type Fault, FaultNote } from '../field.js';
import { paperWord } from '../paper-words.js';
import { type Form, type PaperForm, type TypedPaper, blankPaper } from './form.js';

const FILES_MAX = 6;
interface PaperProps {
  /** Of the application as this phone calls it. */
  readonly draftKey: string;
  readonly form: PaperForm;
  readonly paper: TypedPaper;
  /** `content.papers.<its place>` */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<TypedPaper>) => void;
}

function Paper({ draftKey, form, paper, path, faults, change }: PaperProps) {
  const { kind, number, validTo, ageDaysMax } = form;
  const photos = usePhotos(
    `apply:${draftKey}:${kind}`,
    paper.fileIds,
    (fileIds) => {
      if (fileIds.join() !== paper.fileIds.join()) change({ fileIds });
    },
    FILES_MAX,
    'files',
  );
  const day = (name: 'validFrom' | 'validTo', label: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={paper[name]}
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
      <FaultNote faults={faults} path={`${path}.${name}`} />
    </label>
  );
  return (
    <section className="panel form">
      <h2>{paperWord(kind)}</h2>
      <PhotoPicker
        photos={photos}
        label={t('拍清楚，四个角都在里面')}
        max={FILES_MAX}
        also="application/pdf"
      />
      <FaultNote faults={faults} path={`${path}.fileIds`} />
      {number === 'CREDIT_CODE' && <FaultNote faults={faults} path={`${path}.number`} />}
      {(number === 'FOOD_LICENCE' || number === 'ANY') && (
        <label className="field">
          <span>{number === 'FOOD_LICENCE' ? t('许可证编号，SC 或 JY 开头') : t('证上的编号')}</span>
          <input
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={60}
            value={paper.number}
            onInput={(event) => change({ number: event.currentTarget.value.toUpperCase() })}
          />
          <FaultNote faults={faults} path={`${path}.number`} />
        </label>
      )}
      {ageDaysMax !== null && day('validFrom', t('哪天出的报告'))}
      {validTo !== 'NEVER' && day('validTo', validTo === 'ALWAYS' ? t('到哪天') : t('到哪天，长期的不填'))}
    </section>
  );
}

interface PapersProps {
  readonly draftKey: string;
  readonly form: Form;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<Form>) => void;
  /** What was typed of one, onto what is there now. */
  readonly changePaper: (kind: PaperForm['kind'], changes: Partial<TypedPaper>) => void;
}

/** The papers that such an applicant brings, each with a photo. */
export function Papers({ draftKey, form, faults, change, changePaper }: PapersProps) {
  const { kind, sellsProcessedFood } = form;
  const [{ data, error }, again] = useQuery({
    query: PAPERS_REQUIRED,
    variables: { kind: kind ?? 'COOPERATIVE', sellsProcessedFood: sellsProcessedFood ?? false },
    pause: kind === null,
  });
  const asked = data?.merchantPapersRequired;
  useEffect(() => {
    if (!asked) return;
    const required = asked.map((each) => ({ kind: each.kind, isCreditCode: each.number === 'CREDIT_CODE' }));
    if (JSON.stringify(required) !== JSON.stringify(form.required)) change({ required });
  }, [asked]);
  if (kind === null) return <p className="notice is-bad">{t('先回第一步，选您是哪一种。')}</p>;
  if (error && !asked)
    return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!asked) return <Skeleton className="is-card" count={3} />;
  return (
    <>
      <p className="note">{t('用手机拍就行，PDF 也可以。身份证号不用填。')}</p>
      {asked.map((each, index) => (
        <Paper
          key={each.kind}
          draftKey={draftKey}
          form={each}
          paper={form.papers[each.kind] ?? blankPaper}
          path={`content.papers.${index}`}
          faults={faults}
          change={(changes) => changePaper(each.kind, changes)}
        />
      ))}
    </>
  );
}
