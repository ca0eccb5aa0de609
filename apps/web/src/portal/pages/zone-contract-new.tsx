import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation, useSearch } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { idsOf, isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { useDesk } from '../desk.js';
import { FaultNote, TextField, faultsOf } from '../field.js';
import { HOME_COUNTY } from '../listing.documents.js';
import { PlaceChoice } from '../place-choice.js';
import { type OwnContract, percentOf, bpsOf } from '../place/contract-words.js';
import { PlaceOwner } from '../place/place-owner.js';
import { CONTRACT_PROPOSE, ZONE_CONTRACT } from '../zone-contract.documents.js';

/** As many as a contract takes. */
const FILES_MAX = 9;

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const yearAfter = (day: string): string => {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCFullYear(next.getUTCFullYear() + 1);
  return new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
};

interface Form {
  readonly divisionCode: string;
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly percent: string;
  readonly terms: string;
  readonly fileIds: readonly string[];
  readonly key: string;
}

function blank(renewed: OwnContract | null): Form {
  const validFrom = renewed ? dayAfter(renewed.validTo) : today();
  return {
    divisionCode: renewed?.divisionCode ?? '',
    number: '',
    validFrom,
    validTo: yearAfter(validFrom),
    percent: renewed ? percentOf(renewed.operatorBps) : '',
    terms: renewed?.terms ?? '',
    fileIds: [],
    key: '',
  };
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly path: string;
  readonly faults: ReturnType<typeof faultsOf>;
  readonly change: (day: string) => void;
}

function Day({ label, value, path, faults, change }: DayProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input type="date" value={value} onInput={(event) => change(event.currentTarget.value)} />
      <FaultNote faults={faults} path={path} />
    </label>
  );
}

/** What the contract says, and the paper itself. What is typed stays on the phone until it is handed in. */
function ContractForm({ renewed }: { renewed: OwnContract | null }) {
  const { merchant } = useDesk();
  const [, go] = useLocation();
  const name = `zone-contract:${renewed?.id ?? merchant.id}`;
  const [start] = useState(() => blank(renewed));
  const [form, change, forget] = useDraft<Form>(name, start);
  const [{ data: home }] = useQuery({ query: HOME_COUNTY });
  const near = home?.merchants.find(({ id }) => id === merchant.id)?.county.code ?? '';
  const { act, isBusy, refusal } = useAct(CONTRACT_PROPOSE);
  const faults = faultsOf(refusal).map(({ path, message }) => ({
    path: path.replace(/^contract\./, ''),
    message,
  }));
  const say = (changes: Partial<Form>) => change({ key: '', ...changes });
  const photos = usePhotos(
    name,
    form.fileIds,
    (fileIds) => {
      if (fileIds.join() !== form.fileIds.join()) say({ fileIds });
    },
    FILES_MAX,
    'files',
  );
  const fileIds = idsOf(photos.shots);
  const operatorBps = bpsOf(form.percent);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (operatorBps === null) return;
    const key = form.key === '' ? freshKey() : form.key;
    change({ key });
    const { divisionCode, number, validFrom, validTo, terms } = form;
    const contract = { divisionCode, number, validFrom, validTo, operatorBps, terms, fileIds: [...fileIds] };
    const done = await act({
      input: { hostId: merchant.id, idempotencyKey: key, renewsId: renewed?.id ?? null, contract },
    });
    if (!done) return;
    forget();
    go(`/zone-contracts/${done.contract.id}`);
  };
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{renewed ? t('续签{number}', { number: renewed.number }) : t('合同上怎么写')}</h2>
      {renewed ? (
        <p className="note">
          {t('管的还是{place}的店；最迟从{day}开始，中间不断。', {
            place: renewed.divisionName,
            day: longDayOf(dayAfter(renewed.validTo)),
          })}
        </p>
      ) : (
        <>
          <PlaceChoice
            key={near}
            legend={t('管哪里的店')}
            whole={t('全市')}
            value={form.divisionCode}
            near={near}
            change={(divisionCode) => say({ divisionCode })}
          />
          <FaultNote faults={faults} path="divisionCode" />
        </>
      )}
      <TextField
        label={t('合同编号')}
        path="number"
        value={form.number}
        max={60}
        faults={faults}
        onChange={(number) => say({ number })}
      />
      <div className="selects">
        <Day
          label={t('从哪天')}
          path="validFrom"
          value={form.validFrom}
          faults={faults}
          change={(validFrom) => say({ validFrom })}
        />
        <Day
          label={t('到哪天为止')}
          path="validTo"
          value={form.validTo}
          faults={faults}
          change={(validTo) => say({ validTo })}
        />
      </div>
      <label className="field">
        <span>{t('店方分成，百分之几')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          maxLength={5}
          placeholder="8"
          value={form.percent}
          onInput={(event) => say({ percent: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path="operatorBps" />
      </label>
      <p className="note">{t('分成是店方和供货方之间结的，平台只记着，不替你们付。')}</p>
      <TextField
        label={t('合同里别的约定，可以不填')}
        path="terms"
        value={form.terms}
        max={1000}
        rows={3}
        faults={faults}
        onChange={(terms) => say({ terms })}
      />
      <PhotoPicker
        photos={photos}
        label={t('合同原件，拍照或 PDF，最多 9 个')}
        hint={t('每一页都要看得清。')}
        max={FILES_MAX}
        also="application/pdf"
      />
      <FaultNote faults={faults} path="fileIds" isDeep />
      {isUnderWay(photos.shots) && <p className="note">{t('照片还在传，传好了再交。')}</p>}
      {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-warm is-wide is-large"
        disabled={
          isBusy ||
          operatorBps === null ||
          form.number.trim() === '' ||
          form.divisionCode === '' ||
          fileIds.length === 0 ||
          isUnderWay(photos.shots)
        }
      >
        {t('交上去，等主管部门')}
      </button>
    </form>
  );
}

/** A renewal says what the contract before it said, until it is changed. */
function Renewal({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: ZONE_CONTRACT, variables: { id } });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className="is-card" count={3} />;
  if (!data.zoneContract) return <Empty icon="receipt" title={t('没有这份合同，或者不是您的。')} />;
  return <ContractForm renewed={data.zoneContract} />;
}

/** One contract for many shops, handed in to the city or county. */
export default function ZoneContractNew() {
  const renews = new URLSearchParams(useSearch()).get('renews');
  return (
    <>
      <TopBar title={renews === null ? t('交一份合同') : t('续签')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>{renews === null ? <ContractForm renewed={null} /> : <Renewal id={renews} />}</PlaceOwner>
      </main>
    </>
  );
}
