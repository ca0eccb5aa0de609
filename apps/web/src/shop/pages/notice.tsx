import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { useDraft } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { named, t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { isPhone, tidyPhone } from '../../shared/phone.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { NOTICE, OBJECT } from '../notice.documents.js';
import { Waiting } from '../waiting.js';

const BODY_MIN = 10;
const BODY_MAX = 500;

const SILENT = { body: '', contactName: '', contactPhone: '' };

/** What anybody has to say against it, kept with every letter until it is sent. */
function Objection({ noticeId, changed }: { noticeId: string; changed: () => void }) {
  const [said, say, forget] = useDraft(`objection ${noticeId}`, SILENT, sessionStorage);
  const [isSent, setSent] = useState(false);
  const { act, isBusy, refusal } = useAct(OBJECT, changed);
  const { body, contactName, contactPhone } = said;
  const isWhole = body.trim().length >= BODY_MIN && contactName.trim() !== '' && isPhone(contactPhone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act({ noticeId, input: { ...said, body: body.trim() } }).then((done) => {
      if (!done) return;
      forget();
      setSent(true);
    });
  };
  if (isSent)
    return (
      <section className="panel is-benefit" role="status">
        <h2>
          <Icon name="check" />
          {t('收到了')}
        </h2>
        <p>{t('挂公示的单位会打电话向您核实，再作决定。没有结论以前，这个产品不会认定。')}</p>
      </section>
    );
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        <Icon name="help" />
        {t('觉得不对，可以提异议')}
      </h2>
      <label className="field">
        <span>{t('哪里不对，您怎么知道的（10 到 500 个字）')}</span>
        <textarea
          required
          rows={4}
          maxLength={BODY_MAX}
          value={body}
          onInput={(event) => say({ ...said, body: event.currentTarget.value })}
        />
      </label>
      <div className="field-row">
        <label className="field">
          <span>{t('怎么称呼您')}</span>
          <input
            required
            maxLength={60}
            autoComplete="name"
            value={contactName}
            onInput={(event) => say({ ...said, contactName: event.currentTarget.value })}
          />
        </label>
        <label className="field">
          <span>{t('手机号')}</span>
          <input
            required
            type="tel"
            inputMode="numeric"
            autoComplete="tel"
            value={contactPhone}
            onInput={(event) => say({ ...said, contactPhone: tidyPhone(event.currentTarget.value) })}
          />
        </label>
      </div>
      <p className="note">{t('只给核实的人看，号码遮着；商家看不到。一年后删掉。')}</p>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button" disabled={isBusy || !isWhole}>
        {isBusy ? t('正在提交…') : t('提交异议')}
      </button>
    </form>
  );
}

/** One product that hangs out: whose it is, whom it is to help, until when, and how to object. */
export default function NoticePage({ id }: { id: string }) {
  const [{ data, error }, again] = useQuery({ query: NOTICE, variables: { id } });
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  const notice = data.certificationNotice;
  const facts: readonly [string, string][] = notice
    ? [
        [t('卖家'), notice.merchantName],
        [t('产自'), notice.county.name],
        [t('申请什么'), named({ nameZh: notice.schemeNameZh, nameEn: notice.schemeNameEn })],
        [t('一年卖多少'), `¥${yuan(notice.commodityValueFen)}`],
        [
          t('带动农户'),
          notice.linkedHouseholdCount === null
            ? t('少于五户，不写数目，免得认出是谁家')
            : t('{n} 户', { n: notice.linkedHouseholdCount }),
        ],
        [
          t('公示'),
          t('{from} 到 {to}', { from: momentOf(notice.noticeFrom), to: momentOf(notice.noticeTo) }),
        ],
      ]
    : [];
  return (
    <>
      <TopBar title={t('认定公示')} />
      <main id="main" className="page is-narrow">
        {notice ? (
          <div className="panels">
            <section className="panel">
              <h2>
                <Icon name="certified" />
                {notice.productName}
              </h2>
              <dl className="facts">
                {facts.map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <Link className="link" href={`/products/${notice.productId}`}>
                {t('看商品')}
              </Link>
            </section>
            <Objection noticeId={id} changed={look} />
          </div>
        ) : (
          <Empty icon="certified" title={t('这个公示不在了：期满了，或者退回去补材料了。')}>
            <Link className="button" href="/notices">
              {t('看正在公示的')}
            </Link>
          </Empty>
        )}
      </main>
    </>
  );
}
