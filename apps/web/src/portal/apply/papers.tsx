import { useEffect } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { PAPERS_REQUIRED } from '../apply.documents.js';
import type { Fault } from '../field.js';
import { PaperCard } from '../paper-card.js';
import { numberWord, paperWord } from '../paper-words.js';
import { type PaperNeeds, type TypedPaper, blankPaper } from '../papers.js';
import type { Form, PaperForm } from './form.js';

/** What the service asks of a paper, as its card asks for it; of a licence the number is the credit code, which stands on the first page. */
const needsOf = ({ kind, number, validTo, ageDaysMax }: PaperForm): PaperNeeds => ({
  name: paperWord(kind),
  pages: t('拍清楚，四个角都在里面'),
  number: numberWord(number),
  from: ageDaysMax === null ? null : t('哪天出的报告'),
  to: validTo === 'NEVER' ? null : validTo === 'ALWAYS' ? t('到哪天') : t('到哪天，长期的不填'),
});

interface PapersProps {
  readonly draftKey: string;
  readonly form: Form;
  readonly faults: readonly Fault[];
  readonly change: (changes: Partial<Form>) => void;
  /** What was typed of one, onto what is there now. */
  readonly changePaper: (kind: PaperForm['kind'], changes: Partial<TypedPaper>) => void;
  readonly busy: (kind: PaperForm['kind'], isBusy: boolean) => void;
}

/** The papers that such an applicant brings, each with a photo. */
export function Papers({ draftKey, form, faults, change, changePaper, busy }: PapersProps) {
  const { kind, processedFood } = form;
  const [{ data, error }, again] = useQuery({
    query: PAPERS_REQUIRED,
    variables: { kind: kind ?? 'COOPERATIVE', processedFood: processedFood ?? 'NONE' },
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
        <PaperCard
          key={each.kind}
          form={`apply:${draftKey}:${each.kind}`}
          needs={needsOf(each)}
          paper={form.papers[each.kind] ?? blankPaper}
          path={`content.papers.${index}`}
          faults={faults}
          change={(changes) =>
            changePaper(
              each.kind,
              changes.number === undefined ? changes : { ...changes, number: changes.number.toUpperCase() },
            )
          }
          busy={(isBusy) => busy(each.kind, isBusy)}
          pictureOf={null}
        />
      ))}
    </>
  );
}
