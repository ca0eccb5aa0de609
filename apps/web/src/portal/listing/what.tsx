import { useQuery } from 'urql';
import { named, t } from '../../shared/i18n.js';
import { monthNameOf } from '../../shared/dates.js';
import { HOME_COUNTY, SHELVES } from '../listing.documents.js';
import { PlaceChoice } from '../place-choice.js';
import { useDesk } from '../desk.js';
import { Choice, FaultNote, TextField } from '../field.js';
import type { StepProps } from './form.js';

const OTHER = '-';
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Of which kind: it says to which shelf it belongs, and what its price is compared with. */
function Kind({ form, change, faults }: StepProps) {
  const [{ data }] = useQuery({ query: SHELVES });
  const isOther = form.kindCode === '' && form.categoryCode !== '';
  return (
    <>
      <label className="field">
        <span>{t('是哪一类')}</span>
        <select
          value={isOther ? OTHER : form.kindCode}
          onChange={({ currentTarget: { value } }) => {
            const kind = data?.goodsKinds.find(({ code }) => code === value);
            const other = data?.categories[0]?.code ?? '';
            change({
              kindCode: kind?.code ?? '',
              categoryCode: value === OTHER ? other : '',
              // Whoever sells peaches calls them peaches: nobody has to type it.
              ...(kind && form.name === '' ? { name: kind.nameZh } : {}),
            });
          }}
        >
          <option value="">{t('请选择')}</option>
          {data?.goodsKinds.map((kind) => (
            <option key={kind.code} value={kind.code}>
              {named(kind)}
            </option>
          ))}
          <option value={OTHER}>{t('这里面没有')}</option>
        </select>
        <FaultNote faults={faults} path="content.kindCode" />
        {!isOther && <FaultNote faults={faults} path="content.categoryCode" />}
      </label>
      {isOther && (
        <label className="field">
          <span>{t('摆在哪个货架')}</span>
          <select
            value={form.categoryCode}
            onChange={(event) => change({ categoryCode: event.currentTarget.value })}
          >
            {data?.categories.map((category) => (
              <option key={category.code} value={category.code}>
                {named(category)}
              </option>
            ))}
          </select>
          <FaultNote faults={faults} path="content.categoryCode" />
        </label>
      )}
    </>
  );
}

function Season({ form, change, faults }: StepProps) {
  const { seasonFrom, seasonTo } = form;
  const isSeasonal = seasonFrom !== null || seasonTo !== null;
  const month = (name: 'seasonFrom' | 'seasonTo', label: string) => (
    <select
      aria-label={label}
      value={String(form[name] ?? '')}
      onChange={(event) => change({ [name]: Number(event.currentTarget.value) })}
    >
      {MONTHS.map((number) => (
        <option key={number} value={String(number)}>
          {monthNameOf(`2026-${String(number).padStart(2, '0')}-01`)}
        </option>
      ))}
    </select>
  );
  return (
    <Choice
      legend={t('什么时候有')}
      value={isSeasonal}
      options={[
        { value: false, name: t('全年都有') },
        { value: true, name: t('就几个月') },
      ]}
      choose={(seasonal) =>
        change(
          seasonal
            ? { seasonFrom: seasonFrom ?? 7, seasonTo: seasonTo ?? 8 }
            : { seasonFrom: null, seasonTo: null },
        )
      }
    >
      {isSeasonal && (
        <div className="selects">
          {month('seasonFrom', t('从哪个月'))}
          {month('seasonTo', t('到哪个月'))}
        </div>
      )}
      <FaultNote faults={faults} path="content.seasonFrom" />
    </Choice>
  );
}

/** First: what it is. */
export function What(props: StepProps) {
  const { form, change, faults } = props;
  const { merchant } = useDesk();
  const [{ data }] = useQuery({ query: HOME_COUNTY });
  const near = data?.merchants.find(({ id }) => id === merchant.id)?.county.code ?? '';
  return (
    <>
      <Kind {...props} />
      <TextField
        label={t('叫什么')}
        path="content.name"
        value={form.name}
        max={120}
        faults={faults}
        onChange={(name) => change({ name })}
      />
      <div>
        {near !== '' && (
          <PlaceChoice
            legend={t('哪里产的')}
            value={form.originCountyCode}
            near={near}
            change={(originCountyCode) => change({ originCountyCode })}
          />
        )}
        <FaultNote faults={faults} path="content.originCountyCode" />
      </div>
      <Choice
        legend={t('放得住吗')}
        value={form.isPerishable}
        options={[
          { value: true, name: t('鲜货，放不住') },
          { value: false, name: t('放得住') },
        ]}
        choose={(isPerishable) => change({ isPerishable })}
      >
        <p className="note">
          {form.isPerishable === false
            ? t('买家收到后 7 天内能找售后。')
            : t('鲜货坏了，买家收到后 48 小时内能找售后。')}
        </p>
        <FaultNote faults={faults} path="content.isPerishable" />
      </Choice>
      <Season {...props} />
      <TextField
        label={t('说几句给买家听')}
        path="content.description"
        value={form.description}
        max={2_000}
        rows={4}
        hint={t('在哪里种的、什么味道、怎么放')}
        faults={faults}
        onChange={(description) => change({ description })}
      />
    </>
  );
}
