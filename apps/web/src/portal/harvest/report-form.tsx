import { type FormEvent, useState } from 'react';
import { longDayOf, today } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { usePhotos } from '../../shared/use-photos.js';
import { Choice, FaultNote, TextField, faultsOf } from '../field.js';
import { REPORT } from '../harvest.documents.js';

interface Report {
  readonly laboratory: string;
  readonly reportNo: string;
  readonly testedOn: string;
  readonly result: 'PASSED' | 'FAILED';
}

interface ReportFormProps {
  readonly batchId: string;
  readonly report: Report | null;
  readonly changed: () => void;
}

const LABORATORY = 'report-laboratory';

function Bring({ batchId, brought }: { batchId: string; brought: () => void }) {
  const [draft, change, forget] = useDraft(
    `report:${batchId}`,
    {
      laboratory: localStorage.getItem(LABORATORY) ?? '',
      reportNo: '',
      testedOn: '',
      result: '' as '' | Report['result'],
      fileId: '',
      key: '',
    },
    sessionStorage,
  );
  const say = (changes: Partial<typeof draft>) => change({ key: '', ...changes });
  const photos = usePhotos(
    `report:${batchId}`,
    draft.fileId === '' ? [] : [draft.fileId],
    (ids) => change({ fileId: ids[0] ?? '' }),
    1,
  );
  const { act, isBusy, refusal } = useAct(REPORT);
  const faults = faultsOf(refusal);
  const { laboratory, reportNo, fileId, result } = draft;
  const testedOn = draft.testedOn || today();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (result === '') return;
    const key = draft.key === '' ? freshKey() : draft.key;
    change({ key });
    const input = { idempotencyKey: key, batchId, fileId, laboratory, reportNo, testedOn, result };
    void act({ input }).then((done) => {
      if (!done) return;
      localStorage.setItem(LABORATORY, laboratory);
      forget();
      brought();
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <PhotoPicker photos={photos} label={t('把报告拍下来')} hint={t('买家扫码看得到这张照片。')} max={1} />
      <FaultNote faults={faults} path="fileId" />
      <Choice
        legend={t('结论')}
        options={[
          { value: 'PASSED', name: t('合格') },
          { value: 'FAILED', name: t('不合格') },
        ]}
        value={result}
        choose={(value) => say({ result: value as Report['result'] })}
      />
      {result === 'FAILED' && (
        <p className="notice is-alarm">{t('交上去这一批马上停止销售，复检合格再传一份就能卖。')}</p>
      )}
      <TextField
        label={t('检测机构')}
        path="laboratory"
        value={laboratory}
        max={80}
        faults={faults}
        onChange={(value) => say({ laboratory: value })}
      />
      <TextField
        label={t('报告编号')}
        path="reportNo"
        value={reportNo}
        max={60}
        faults={faults}
        onChange={(value) => say({ reportNo: value })}
      />
      <label className="field">
        <span>{t('检测日期')}</span>
        <input
          type="date"
          max={today()}
          value={testedOn}
          onInput={(event) => say({ testedOn: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path="testedOn" />
      </label>
      {faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-wide"
        disabled={
          isBusy || fileId === '' || result === '' || laboratory.trim() === '' || reportNo.trim() === ''
        }
      >
        {t('交报告')}
      </button>
    </form>
  );
}

/** What a laboratory has found, and the way to bring the next report. */
export function ReportForm({ batchId, report, changed }: ReportFormProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2>
        <Icon name="check" />
        {t('检测报告')}
      </h2>
      {report === null ? (
        <p className="note">{t('还没有。传一份，买家更放心。')}</p>
      ) : (
        <p>
          <b>{report.result === 'PASSED' ? t('合格') : t('不合格')}</b> · {report.laboratory} ·{' '}
          {report.reportNo} · {longDayOf(report.testedOn)}{' '}
          <a href={`/harvest-batches/${batchId}/test-report`} download>
            {t('看原件')}
          </a>
        </p>
      )}
      {isOpen ? (
        <Bring
          batchId={batchId}
          brought={() => {
            setOpen(false);
            changed();
          }}
        />
      ) : (
        <button type="button" className="button is-quiet is-wide" onClick={() => setOpen(true)}>
          <Icon name="camera" />
          {report === null ? t('拍检测报告') : t('传新的一份')}
        </button>
      )}
    </section>
  );
}
