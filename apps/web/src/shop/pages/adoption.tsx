import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, longDayOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { adoptionWord, instalmentWord, kilos, objectWord } from '../adoption-words.js';
import { ADOPTION, type Adoption, CALL_OFF_INSTALMENT, NAME_PLATE } from '../adoption.documents.js';
import { Waiting } from '../waiting.js';
import AdoptionRecipient from './adoption-recipient.js';
import { Updates } from './adoption-updates.js';

const NAME_MAX = 12;

interface OwnProps {
  readonly adoption: Adoption;
  readonly changed: () => void;
}

/** What hangs on it, in one's own words. */
function Plate({ adoption, changed }: OwnProps) {
  const { id, plateName, object, offer, state } = adoption;
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState(plateName ?? '');
  const { act, isBusy, refusal } = useAct(NAME_PLATE);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ adoptionId: id, name: name.trim() }).then((done) => {
      if (!done) return;
      setOpen(false);
      changed();
    });
  };
  return (
    <section className="panel is-benefit">
      <img
        className="plate-photo"
        src={object.photoPath === null ? pictureOf(offer.productName, '') : object.photoPath}
        alt=""
      />
      <div className="plate">
        <b>{plateName ?? t('还没有起名字')}</b>
        <small>
          {t('{tag} 号{kind}', { tag: object.tag, kind: objectWord(offer.objectKind) })}
          {object.place !== null && ` · ${object.place}`}
        </small>
      </div>
      {state === 'ADOPTED' && !isOpen && (
        <button type="button" className="button is-quiet" onClick={() => setOpen(true)}>
          {plateName === null ? t('给它起个名字') : t('改名字')}
        </button>
      )}
      {isOpen && (
        <form className="form" onSubmit={submit}>
          <label className="field">
            <span>{t('牌子上写什么，最多 12 个字')}</span>
            <input
              maxLength={NAME_MAX}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <RefusalNote refusal={refusal} />
          <button type="submit" className="button" disabled={isBusy || name.trim() === ''}>
            {t('保存')}
          </button>
        </form>
      )}
    </section>
  );
}

type Instalment = Adoption['instalments'][number];

/** One parcel of the harvest, which may be called off. */
function InstalmentRow({ instalment, changed }: { instalment: Instalment; changed: () => void }) {
  const { act, isBusy, refusal } = useAct(CALL_OFF_INSTALMENT, changed);
  const [isGiving, give] = useState(false);
  const { id, number, state, portions, calledOffPortions, promisedDispatchOn, firstPromisedOn } = instalment;
  return (
    <li className={state === 'WAITING' ? 'is-ahead' : ''}>
      <p>
        <b>{t('第 {no} 次，{n} 份', { no: number, n: portions })}</b> {instalmentWord(state)}
      </p>
      <small>
        {state === 'WAITING' && t('{day}前发出', { day: dayOf(promisedDispatchOn) })}
        {promisedDispatchOn !== firstPromisedOn &&
          state === 'WAITING' &&
          t('（原来说 {day}）', { day: dayOf(firstPromisedOn) })}
        {instalment.recipient && ` ${t('寄给')} ${instalment.recipient.name}`}
      </small>
      {calledOffPortions > 0 && <p className="note">{t('{n} 份没有，已经退钱', { n: calledOffPortions })}</p>}
      {instalment.delayReason !== null && <p className="reply">{instalment.delayReason}</p>}
      <RefusalNote refusal={refusal} />
      {isGiving && <AdoptionRecipient instalmentId={id} changed={changed} close={() => give(false)} />}
      {state === 'WAITING' && !isGiving && (
        <button type="button" className="chip" onClick={() => give(true)}>
          {t('送给别人')}
        </button>
      )}{' '}
      {state === 'WAITING' && (
        <SureButton
          className="chip"
          name={t('这一次不要了')}
          sure={t('真的不要了，退钱')}
          isBusy={isBusy}
          act={() => act({ instalmentId: id }).then((done) => done && changed())}
        />
      )}
    </li>
  );
}

/** 认养证书: printed as it stands. */
function Certificate({
  certificate,
  name,
}: {
  certificate: NonNullable<Adoption['certificate']>;
  name: string;
}) {
  return (
    <section className="panel deed">
      <h2>
        <Icon name="certified" />
        {t('认养证书')}
      </h2>
      <dl className="facts">
        <div>
          <dt>{t('编号')}</dt>
          <dd className="code">{certificate.number}</dd>
        </div>
        <div>
          <dt>{t('认养')}</dt>
          <dd>
            {name} {certificate.tag} {certificate.place}
          </dd>
        </div>
        <div>
          <dt>{t('保底')}</dt>
          <dd>{kilos(certificate.guaranteedG)}</dd>
        </div>
        <div>
          <dt>{t('日期')}</dt>
          <dd>{longDayOf(certificate.issuedOn)}</dd>
        </div>
      </dl>
      <button type="button" className="button is-quiet" onClick={() => window.print()}>
        <Icon name="print" />
        {t('打印')}
      </button>
    </section>
  );
}

/** One tree of one's own: its plate, what comes when, what has grown, what the grower tells, and its deed. */
export default function AdoptionPage({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: ADOPTION,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  const { adoption } = data;
  return (
    <>
      <TopBar title={adoption ? adoptionWord(adoption.state) : t('认养')} />
      <main id="main" className="page is-narrow">
        {adoption ? (
          <div className="panels">
            <Plate adoption={adoption} changed={look} />
            <section className="panel">
              <h2>
                <Icon name="truck" />
                {t('什么时候寄')}
              </h2>
              <ol className="timeline">
                {adoption.instalments.map((instalment) => (
                  <InstalmentRow key={instalment.id} instalment={instalment} changed={look} />
                ))}
              </ol>
              <Link className="link" href={`/orders/${adoption.orderId}`}>
                {t('看订单')}
              </Link>
            </section>
            {adoption.harvests.map((harvest) => (
              <section key={harvest.season} className="panel">
                <h2>
                  <Icon name="leaf" />
                  {t('{year} 年的收成', { year: harvest.season })}
                </h2>
                <p>
                  {t('一共收了 {weight}', { weight: kilos(harvest.harvestedG) })}
                  {harvest.shortPortions > 0 && t('，少了 {n} 份，已经退钱', { n: harvest.shortPortions })}
                </p>
                {harvest.note !== '' && <p className="reply">{harvest.note}</p>}
              </section>
            ))}
            <Updates updates={adoption.updates.nodes} />
            {adoption.certificate && (
              <Certificate certificate={adoption.certificate} name={adoption.offer.productName} />
            )}
          </div>
        ) : (
          <Empty icon="leaf" title={t('这里看不到：它不在，或者是别人的。')}>
            <Link className="button" href="/adoptions">
              {t('看我认养的')}
            </Link>
          </Empty>
        )}
      </main>
    </>
  );
}
