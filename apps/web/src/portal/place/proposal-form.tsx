import { type FormEvent, useState } from 'react';
import { freshKey, useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { useQuery } from 'urql';
import { RefusalNote } from '../../shared/ui/states.js';
import { useDesk } from '../desk.js';
import { Choice, FaultNote, TextField, faultsOf } from '../field.js';
import { HOME_COUNTY } from '../listing.documents.js';
import { PlaceChoice } from '../place-choice.js';
import { PLACE_AMEND, PLACE_PROPOSE } from '../place.documents.js';
import type { OwnPlace } from './words.js';

interface Form {
  readonly kind: 'PAVILION' | 'ZONE';
  readonly name: string;
  readonly countyCode: string;
  readonly address: string;
  readonly ownerKind: OwnPlace['ownerKind'];
  readonly hostKind: OwnPlace['hostKind'];
  readonly hostName: string;
  readonly openingHours: string;
  readonly introduction: string;
  readonly key: string;
}

const OWNERS = () =>
  [
    { value: 'ENTERPRISE', name: t('企业') },
    { value: 'COUNTY', name: t('县里') },
    { value: 'CITY', name: t('市里') },
  ] as const;

const HOSTS = () =>
  [
    { value: 'SUPERMARKET', name: t('商超') },
    { value: 'PETROL_STATION', name: t('加油站') },
    { value: 'MARKET', name: t('农贸市场') },
    { value: 'SERVICE_AREA', name: t('服务区') },
    { value: 'CAMPUS', name: t('校园') },
  ] as const;

/** What a place is to be: proposed, or said anew. What is typed stays on the phone until it is sent. */
export function ProposalForm({ place, saved }: { place: OwnPlace | null; saved: (id: string) => void }) {
  const { merchant } = useDesk();
  const [form, change, forget] = useDraft<Form>(`place:${place?.id ?? merchant.id}`, {
    kind: place?.kind === 'PAVILION' ? 'PAVILION' : 'ZONE',
    name: place?.name ?? '',
    countyCode: place?.countyCode ?? '',
    address: place?.address ?? '',
    ownerKind: place?.ownerKind ?? 'ENTERPRISE',
    hostKind: place?.hostKind ?? 'SUPERMARKET',
    hostName: place?.hostName ?? '',
    openingHours: place?.openingHours ?? '',
    introduction: place?.introduction ?? '',
    key: '',
  });
  const [{ data: home }] = useQuery({ query: HOME_COUNTY });
  const near = home?.merchants.find(({ id }) => id === merchant.id)?.county.code ?? '';
  const [isSent, setSent] = useState(false);
  const propose = useAct(PLACE_PROPOSE);
  const amend = useAct(PLACE_AMEND);
  const { refusal, isBusy } = place ? amend : propose;
  const faults = faultsOf(refusal).map(({ path, message }) => ({
    path: path.replace(/^place\./, ''),
    message,
  }));
  const say = (changes: Partial<Form>) => {
    change({ key: '', ...changes });
    setSent(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const key = form.key === '' ? freshKey() : form.key;
    change({ key });
    const isZone = form.kind === 'ZONE';
    const said = {
      kind: form.kind,
      name: form.name,
      countyCode: form.countyCode,
      address: form.address,
      ownerKind: isZone ? null : form.ownerKind,
      hostKind: isZone ? form.hostKind : null,
      hostName: isZone ? form.hostName : null,
      openingHours: form.openingHours,
      introduction: form.introduction,
    };
    const done = place
      ? await amend.act({ input: { placeId: place.id, revision: place.revision, place: said } })
      : await propose.act({ input: { merchantId: merchant.id, idempotencyKey: key, place: said } });
    if (!done) return;
    forget();
    setSent(true);
    saved(done.place.id);
  };
  const text = (
    path: 'name' | 'address' | 'hostName' | 'openingHours' | 'introduction',
    label: string,
    max: number,
    hint?: string,
  ) => (
    <TextField
      label={label}
      path={path}
      value={form[path]}
      max={max}
      faults={faults}
      {...(hint === undefined ? {} : { hint })}
      {...(path === 'introduction' ? { rows: 3 } : {})}
      onChange={(value) => say({ [path]: value })}
    />
  );
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{place ? t('修改申报') : t('申报什么')}</h2>
      {isSent && (
        <p className="notice is-good" role="status">
          {t('改好了。')}
        </p>
      )}
      {!place && (
        <Choice
          legend={t('类别')}
          value={form.kind}
          options={[
            { value: 'ZONE', name: t('专区（在别人店里）') },
            { value: 'PAVILION', name: t('专馆（独立门店）') },
          ]}
          choose={(kind) => say({ kind })}
        />
      )}
      {text('name', t('名称'), 120)}
      {!place && (
        <>
          <PlaceChoice
            key={near}
            legend={t('在哪个县市区')}
            value={form.countyCode}
            near={near}
            change={(countyCode) => say({ countyCode })}
          />
          <FaultNote faults={faults} path="countyCode" />
        </>
      )}
      {text('address', t('地址'), 200)}
      {form.kind === 'ZONE' ? (
        <>
          <Choice
            legend={t('在谁的店里')}
            value={form.hostKind}
            options={HOSTS()}
            choose={(hostKind) => say({ hostKind })}
          />
          {text('hostName', t('店名'), 120)}
        </>
      ) : (
        <Choice
          legend={t('谁的馆')}
          value={form.ownerKind}
          options={OWNERS()}
          choose={(ownerKind) => say({ ownerKind })}
        />
      )}
      {text('openingHours', t('营业时间，可以不填'), 60, '09:00-21:00')}
      {text('introduction', t('介绍，可以不填'), 500)}
      {refusal && faults.length === 0 && <RefusalNote refusal={refusal} />}
      <button
        type="submit"
        className="button is-wide is-large"
        disabled={isBusy || form.name.trim() === '' || form.address.trim() === '' || form.countyCode === ''}
      >
        {place ? t('保存修改') : t('提交申报')}
      </button>
    </form>
  );
}
