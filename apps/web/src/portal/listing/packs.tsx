import { t } from '../../shared/i18n.js';
import { fenOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Choice, FaultNote } from '../field.js';
import { type Pack, type StepProps, blankPack, gramsOf } from './form.js';
import { PriceLine } from './price-line.js';
import { GRADES, gradeWord } from './words.js';

const PACKS_MAX = 20;
const USUAL_JIN = ['1', '3', '5', '10'];

/** Digits with at most one point. */
const decimal = (said: string, places: number): string => {
  const [whole = '', ...rest] = said
    .replace(/[。，,]/g, '.')
    .replace(/[^\d.]/g, '')
    .split('.');
  return rest.length === 0 ? whole.slice(0, 8) : `${whole.slice(0, 8)}.${rest.join('').slice(0, places)}`;
};

/** How such a box is called; buyers read it. */
const nameOf = (jin: string): string => (gramsOf(jin) === null ? '' : t('{n} 斤装', { n: jin }));

interface PackCardProps extends Pick<StepProps, 'faults'> {
  readonly pack: Pack;
  readonly place: number;
  readonly kindCode: string;
  readonly change: (changes: Partial<Pack>) => void;
  /** Null where it is the only one. */
  readonly remove: (() => void) | null;
}

function PackCard({ pack, place, kindCode, faults, change, remove }: PackCardProps) {
  const path = `content.variants.${place}`;
  const weigh = (jin: string) =>
    change({ jin, ...(pack.name === '' || pack.name === nameOf(pack.jin) ? { name: nameOf(jin) } : {}) });
  return (
    <section className="panel pack" aria-label={t('规格 {n}', { n: place + 1 })}>
      <h2>
        {t('规格 {n}', { n: place + 1 })}
        {remove && (
          <button type="button" className="bar-link" onClick={remove}>
            {t('去掉')}
          </button>
        )}
      </h2>
      <fieldset className="field">
        <legend>{t('净重多少斤，不算箱子')}</legend>
        <div className="chips">
          {USUAL_JIN.map((jin) => (
            <button
              key={jin}
              type="button"
              className="chip"
              aria-pressed={pack.jin === jin}
              onClick={() => weigh(jin)}
            >
              {t('{n} 斤', { n: jin })}
            </button>
          ))}
        </div>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('净重（斤）')}
          value={pack.jin}
          onInput={(event) => weigh(decimal(event.currentTarget.value, 3))}
        />
        <FaultNote faults={faults} path={`${path}.netWeightG`} />
      </fieldset>
      <label className="field">
        <span>{t('卖多少钱（元）')}</span>
        <input
          className="is-large"
          inputMode="decimal"
          autoComplete="off"
          value={pack.yuan}
          onInput={(event) => change({ yuan: decimal(event.currentTarget.value, 2) })}
        />
        <FaultNote faults={faults} path={`${path}.priceFen`} />
      </label>
      <PriceLine kindCode={kindCode} grade={pack.grade} grams={gramsOf(pack.jin)} fen={fenOf(pack.yuan)} />
      <Choice
        legend={t('几级')}
        value={pack.grade}
        options={GRADES.map((grade) => ({ value: grade, name: gradeWord(grade) }))}
        choose={(grade) => change({ grade })}
      />
      <label className="field">
        <span>{t('这个规格叫什么')}</span>
        <input
          autoComplete="off"
          maxLength={80}
          value={pack.name}
          onInput={(event) => change({ name: event.currentTarget.value })}
        />
        <FaultNote faults={faults} path={`${path}.name`} />
        <FaultNote faults={faults} path={`${path}.variantId`} />
      </label>
    </section>
  );
}

/** Second: how it is packed, and what that costs. */
export function Packs({ form, change, faults }: StepProps) {
  const { packs } = form;
  const changeAt = (key: string, changes: Partial<Pack>) =>
    change({ packs: packs.map((pack) => (pack.key === key ? { ...pack, ...changes } : pack)) });
  return (
    <>
      <FaultNote faults={faults} path="content.variants" />
      {packs.map((pack, place) => (
        <PackCard
          key={pack.key}
          pack={pack}
          place={place}
          kindCode={form.kindCode}
          faults={faults}
          change={(changes) => changeAt(pack.key, changes)}
          remove={
            packs.length > 1 ? () => change({ packs: packs.filter(({ key }) => key !== pack.key) }) : null
          }
        />
      ))}
      {packs.length < PACKS_MAX && (
        <button
          type="button"
          className="button is-quiet is-wide"
          onClick={() =>
            change({ packs: [...packs, { ...blankPack(), grade: packs[0]?.grade ?? 'UNGRADED' }] })
          }
        >
          <Icon name="plus" />
          {t('再加一种规格')}
        </button>
      )}
    </>
  );
}
