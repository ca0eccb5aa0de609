import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { named, t } from '../shared/i18n.js';
import { RefusalNote } from '../shared/ui/states.js';
import { useDesk } from './desk.js';
import { CAPACITY_SET, DIVISIONS } from './harvest.documents.js';
import { useKinds } from './use-kinds.js';
import { useDecision } from './review-decide.js';

interface Choosable {
  readonly code: string;
  readonly name: string;
}

interface StepProps {
  readonly label: string;
  readonly places: readonly Choosable[];
  readonly value: string;
  readonly choose: (code: string) => void;
}

function Step({ label, places, value, choose }: StepProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <select
        required
        aria-label={label}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t('请选择')}</option>
        {places.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function StepWithin({ parentCode, ...step }: Omit<StepProps, 'places'> & { readonly parentCode: string }) {
  const [{ data }] = useQuery({ query: DIVISIONS, variables: { parentCode } });
  return <Step {...step} places={data?.divisions ?? []} />;
}

/** County, township, village: nobody knows twelve digits by heart. A code begins with that of whatever it lies in. */
function VillageChoice({
  value,
  choose,
}: {
  readonly value: string;
  readonly choose: (code: string) => void;
}) {
  const { divisions } = useDesk();
  const counties = divisions.flatMap((division) =>
    division.counties.length > 0 ? division.counties : [division],
  );
  const [only] = counties.length === 1 ? counties : [];
  const county = value.slice(0, 6) || (only?.code ?? '');
  const township = value.length >= 9 ? value.slice(0, 9) : '';
  return (
    <>
      {!only && <Step label={t('区县')} places={counties} value={county} choose={choose} />}
      {county !== '' && (
        <StepWithin
          label={t('乡镇')}
          parentCode={county}
          value={township}
          choose={(code) => choose(code || county)}
        />
      )}
      {township !== '' && (
        <StepWithin
          label={t('村')}
          parentCode={township}
          value={value === township ? '' : value}
          choose={(code) => choose(code || township)}
        />
      )}
    </>
  );
}

const BLANK = { villageCode: '', kindCode: '', seasonFrom: '', seasonTo: '', tonnes: '' };

/** What a village can grow in a season; set anew for the same first day it takes the place of what stood there. */
export function CapacityForm({ changed }: { readonly changed: () => void }) {
  const kinds = useKinds();
  const [form, setForm] = useState(BLANK);
  const { act, isBusy, refusal } = useDecision(CAPACITY_SET, changed);
  const say = (changes: Partial<typeof BLANK>) => setForm({ ...form, ...changes });
  const grams = Math.round(Number(form.tonnes) * 1_000_000);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { villageCode, kindCode, seasonFrom, seasonTo } = form;
    void act({ input: { villageCode, kindCode, seasonFrom, seasonTo, capacityG: grams } }).then(
      (done) => done && setForm(BLANK),
    );
  };
  return (
    <form className="filters" onSubmit={submit}>
      <VillageChoice value={form.villageCode} choose={(villageCode) => say({ villageCode })} />
      <label className="field">
        <span>{t('品种')}</span>
        <select
          required
          value={form.kindCode}
          onChange={(event) => say({ kindCode: event.currentTarget.value })}
        >
          <option value="">{t('请选择')}</option>
          {kinds.map((kind) => (
            <option key={kind.code} value={kind.code}>
              {named(kind)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('从哪天')}</span>
        <input
          required
          type="date"
          value={form.seasonFrom}
          onInput={(event) => say({ seasonFrom: event.currentTarget.value })}
        />
      </label>
      <label className="field">
        <span>{t('到哪天')}</span>
        <input
          required
          type="date"
          value={form.seasonTo}
          onInput={(event) => say({ seasonTo: event.currentTarget.value })}
        />
      </label>
      <label className="field">
        <span>{t('能产多少吨')}</span>
        <input
          required
          inputMode="decimal"
          maxLength={9}
          value={form.tonnes}
          onInput={(event) => say({ tonnes: event.currentTarget.value })}
        />
      </label>
      <button type="submit" className="button" disabled={isBusy || !(grams > 0)}>
        {t('登记产能')}
      </button>
      <RefusalNote refusal={refusal} />
    </form>
  );
}
