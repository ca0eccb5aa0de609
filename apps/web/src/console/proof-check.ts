import { canCheckSignatures, checkPlace, openCheckpoint } from '../../../../scripts/ledger/proof.mjs';
import { longDayOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';

/** As the service hands it out, and as it can be saved for a check without a browser. */
export interface Proof {
  readonly format: string;
  readonly stream: string;
  readonly seq: number;
  readonly leaf: string;
  readonly path: readonly string[];
  readonly checkpoint: string;
  readonly key: string;
}

/** What whoever checks has kept elsewhere; empty where they have nothing. */
export interface Kept {
  readonly keys: string;
  readonly checkpoint: string;
}

export interface Step {
  readonly name: string;
  readonly detail: string;
  /** OPEN: could not be checked here, and shows nothing either way. */
  readonly outcome: 'GOOD' | 'BAD' | 'OPEN';
}

export interface Finding {
  readonly steps: readonly Step[];
  /** PROVEN by a key that was kept; CONSISTENT by the service's own; PARTLY where something could not be checked. */
  readonly verdict: 'PROVEN' | 'CONSISTENT' | 'PARTLY' | 'FAILED';
  readonly day: string;
}

const step = (name: string, outcome: Step['outcome'], detail: string): Step => ({ name, outcome, detail });

/** The sums are done here, on this machine: the same that `verify-proof.mjs` does without any browser. */
export async function examine(
  proof: Proof,
  isShown: (record: Readonly<Record<string, unknown>>) => boolean,
  kept: Kept,
): Promise<Finding> {
  const place = await checkPlace(proof).catch(() => null);
  const steps = [
    shown(proof, isShown),
    inTree(proof, place),
    await signed(proof, kept.keys),
    ...(kept.checkpoint === '' ? [] : [same(proof, kept.checkpoint)]),
  ];
  const has = (outcome: Step['outcome']) => steps.some((each) => each.outcome === outcome);
  const good = kept.keys === '' ? 'CONSISTENT' : 'PROVEN';
  return { steps, verdict: has('BAD') ? 'FAILED' : has('OPEN') ? 'PARTLY' : good, day: place?.day ?? '' };
}

function shown({ leaf }: Proof, isShown: (record: Readonly<Record<string, unknown>>) => boolean): Step {
  const name = t('证明里的记录就是这一页显示的');
  return isShown(JSON.parse(leaf) as Readonly<Record<string, unknown>>)
    ? step(name, 'GOOD', t('编号和内容逐项相同'))
    : step(name, 'BAD', t('证明里的内容与这一页不同'));
}

function inTree(proof: Proof, place: { readonly leafHash: string; readonly size: number } | null): Step {
  const name = t('它在当天的账本树里');
  if (!place) return step(name, 'BAD', t('从它的哈希算不到检查点写的树根'));
  const { seq, path } = proof;
  const words = { seq, size: place.size, n: path.length, hash: place.leafHash };
  return step(
    name,
    'GOOD',
    t('第 {seq} 条，共 {size} 条；从哈希 {hash} 走 {n} 步，算到检查点写的树根', words),
  );
}

async function signed(proof: Proof, keptKeys: string): Promise<Step> {
  const name = t('检查点的签名有效（Ed25519）');
  if (!(await canCheckSignatures()))
    return step(
      name,
      'OPEN',
      t('这个浏览器不会验 Ed25519 签名。换新版浏览器，或下载证明用 verify-proof.mjs 离线核验'),
    );
  const isOwn = keptKeys !== '';
  const opened = await openCheckpoint(proof.checkpoint, isOwn ? keptKeys : proof.key).catch(() => null);
  if (!opened) return step(name, 'BAD', isOwn ? t('不是您保存的公钥签的，或签名不对') : t('签名不对'));
  const key = opened.signedBy;
  return step(
    name,
    'GOOD',
    isOwn ? t('用您保存的公钥 {key} 验过', { key }) : t('用本服务给的公钥 {key} 验过', { key }),
  );
}

function same(proof: Proof, checkpoint: string): Step {
  const name = t('与您保存的检查点相同');
  return proof.checkpoint.trim() === checkpoint.trim()
    ? step(name, 'GOOD', t('逐字相同'))
    : step(name, 'BAD', t('不是同一份。检查点要取记账当天或之后的第一份'));
}

/** What was found, in a sentence, and what comes next. */
export const conclusionOf = ({ verdict, day }: Finding): string =>
  ({
    PROVEN: t('已验证：{day}结束时它已经在账里，之后一个字都没有改过。内容是否属实，要看对账和单据。', {
      day: day && longDayOf(day),
    }),
    CONSISTENT: t(
      '材料彼此吻合：{day}结束时它已经在账里。公钥是本服务给的，请与您另外保存的那一行比对，或填在下面再验一次。',
      { day: day && longDayOf(day) },
    ),
    PARTLY: t('能验的都吻合，但签名在这里验不了，所以还不算证明。'),
    FAILED: t('没有通过。请再取一次；仍不通过，下载证明留存，报审计。'),
  })[verdict];
