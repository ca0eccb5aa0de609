import { type FormEvent, type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { longDayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { Icon } from '../../shared/ui/icon.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { TRACE, type Traced } from '../trace.documents.js';

/** In fours, as it is printed: eyes lose their place in eleven signs. */
const grouped = (code: string): string =>
  /^[0-9A-Z]{11}$/.test(code) ? `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}` : code;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const adviceOf = (advice: NonNullable<Traced['recall']>['advice']): string =>
  ({
    DO_NOT_EAT: t('先不要吃，单独放好，等通知。'),
    THROW_AWAY: t('请不要吃，直接扔掉。'),
    SEND_BACK: t('请不要吃，到“我的订单”里申请退货。'),
  })[advice];

/** Nothing of it is sold, and what whoever has bought it does now; the loudest thing on the page. */
function Stopped({ traced: { isStopped, recall, testReport } }: { traced: Traced }) {
  if (!isStopped) return null;
  return (
    <section className="trace-stop" role="alert">
      <h2>{recall ? t('这一批已召回') : t('这一批已停止销售')}</h2>
      {recall && <p className="trace-advice">{adviceOf(recall.advice)}</p>}
      {recall && <p>{t('原因：{reason}', { reason: recall.reason })}</p>}
      {!recall && testReport?.hasPassed === false && (
        <p>{t('检测不合格。如果您手里有，请先不要吃，到“我的订单”里申请售后。')}</p>
      )}
      {!recall && testReport?.hasPassed !== false && (
        <p>{t('正在核实。如果您手里有，请先不要吃，单独放好。')}</p>
      )}
      <Link className="button is-warm is-wide" href="/orders">
        {t('看我的订单')}
      </Link>
    </section>
  );
}

function harvestOf({ harvestedFrom, harvestedUntil }: Traced): string {
  if (harvestedFrom > today()) return t('{day} 起采收', { day: longDayOf(harvestedFrom) });
  if (harvestedUntil === null || harvestedUntil === harvestedFrom) return longDayOf(harvestedFrom);
  return t('{from} 到 {until}', { from: longDayOf(harvestedFrom), until: longDayOf(harvestedUntil) });
}

function Origin({ traced }: { traced: Traced }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="pin" />
        {t('它从哪里来')}
      </h2>
      <dl className="facts">
        <Fact name={t('产自')}>
          {traced.countyName} {traced.villageName}
        </Fact>
        <Fact name={t('采收')}>{harvestOf(traced)}</Fact>
        <Fact name={t('谁种的')}>{traced.merchantName}</Fact>
        {traced.bestBeforeOn !== null && (
          <Fact name={t('最好在')}>{t('{day}前吃', { day: longDayOf(traced.bestBeforeOn) })}</Fact>
        )}
        <Fact name={t('溯源码')}>
          <span className="code">{grouped(traced.traceCode)}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Report({ traced: { testReport } }: { traced: Traced }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="check" />
        {t('检测报告')}
      </h2>
      {testReport === null ? (
        <p>{t('这一批还没有上传检测报告。')}</p>
      ) : (
        <>
          <dl className="facts">
            <Fact name={t('结论')}>
              <strong className={testReport.hasPassed ? 'trace-passed' : 'trace-failed'}>
                {testReport.hasPassed ? t('合格') : t('不合格')}
              </strong>
            </Fact>
            <Fact name={t('检测机构')}>{testReport.laboratory}</Fact>
            <Fact name={t('报告编号')}>{testReport.reportNo}</Fact>
            <Fact name={t('检测日期')}>{longDayOf(testReport.testedOn)}</Fact>
          </dl>
          <a className="button is-quiet is-wide" href={testReport.fileUrl} download>
            {t('下载报告原件')}
          </a>
        </>
      )}
    </section>
  );
}

/** Basis points as people say them. */
const percent = (bps: number): string => String(bps / 100);

/** What an agreement and a certificate of that day say, and nothing where there is none. */
function Benefit({ traced }: { traced: Traced }) {
  const { linkedHouseholdCount: n, householdShareBps, certification } = traced;
  if (n === null && certification === null) return null;
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="heart" />
        {t('这一份帮助谁')}
      </h2>
      {n !== null && (
        <p>
          {t('与 {n} 户签有联农协议', { n })}
          {householdShareBps !== null && t('，货款的 {share}% 归他们', { share: percent(householdShareBps) })}
        </p>
      )}
      {certification && (
        <p className={certification.revokedAt === null ? 'certificate' : 'certificate is-revoked'}>
          <Icon name="certified" />
          <span>
            {t('产品认定 {no}', { no: certification.catalogueNo })}
            <small>
              {certification.revokedAt === null
                ? t('采收那天有效，有效至 {day}', { day: certification.validTo.slice(0, 10) })
                : t('采收那天有效，{day}起已撤销', { day: longDayOf(certification.revokedAt) })}
            </small>
          </span>
        </p>
      )}
    </section>
  );
}

function Unknown({ code }: { code: string }) {
  const [typed, setTyped] = useState(code);
  const [, go] = useLocation();
  const look = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') go(`/trace/${encodeURIComponent(typed.trim())}`);
  };
  return (
    <form className="trace-unknown" onSubmit={look}>
      <Icon name="help" />
      <h1>{t('没有查到这个溯源码')}</h1>
      <p>{t('可能有一个字母看错了。请对着包装再看一遍，码里没有字母 I、L、O、U，也没有数字 0。')}</p>
      <label>
        {t('溯源码')}
        <input
          value={typed}
          maxLength={40}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button is-wide">
        {t('再查一次')}
      </button>
      <p>{t('还是查不到，请问卖家，或者在订单里申请售后。')}</p>
    </form>
  );
}

/** What stands behind the code on a box, for whoever has it in hand: no sign-in, letters for old eyes. */
export default function Trace({ code }: { code: string }) {
  const [{ data, error }, ask] = useQuery({
    query: TRACE,
    variables: { code },
    requestPolicy: 'cache-and-network',
  });
  const traced = data?.trace;
  useTitle(traced?.productName ?? t('溯源码'));
  return (
    <main id="main" className="page is-narrow trace">
      {error && !data && <Failure error={error} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {!error && !data && <Skeleton className="is-picture" />}
      {traced === null && <Unknown code={code} />}
      {traced && (
        <>
          <h1>{traced.productName}</h1>
          <Stopped traced={traced} />
          <Origin traced={traced} />
          <Report traced={traced} />
          <Benefit traced={traced} />
          {traced.isProductOnSale && (
            <Link className="button is-wide" href={`/products/${traced.productId}`}>
              {t('看看这个商品')}
            </Link>
          )}
        </>
      )}
    </main>
  );
}
