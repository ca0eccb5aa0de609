import { businessDay, csvRecord, guardedCell } from '#libs/kernel';
import type { StatementLineRow } from './statement.reader.js';
import {
  LINE_WORDS,
  PAYEE_WORDS,
  type StatementSheet,
  dayOfLine,
  lineTitle,
  referenceOf,
} from './statement-text.rules.js';
import { type Amounts, exactYuan, netOf } from './statement.rules.js';

const MARK = '\uFEFF';
const END = '\r\n';

/** Texts are guarded; amounts are ours, and a minus before them is a minus. */
export function csvRow(cells: readonly (string | bigint | null)[]): string {
  const texts = cells.map((cell) =>
    cell === null ? '' : typeof cell === 'bigint' ? exactYuan(cell) : guardedCell(cell),
  );
  return `${csvRecord(texts)}${END}`;
}

function amountCells(amounts: Amounts): bigint[] {
  return [amounts.heldFen, amounts.availableFen, amounts.owedFen, netOf(amounts)];
}

const AMOUNT_HEADS = ['待结算 held', '可付 available', '应退 owed', '净额 net'];

/** Everything above the lines. Amounts are yuan. */
export function csvHead({
  statement,
  revision,
  replaces,
  balances,
  document,
  totals,
}: StatementSheet): string {
  const { payeeKind, payeeId, fromOn, toOn } = statement;
  const rows: (readonly (string | bigint | null)[])[] = [
    ['桃源结算对账单 Taoyuan statement', revision.number],
    ['收款方 Payee', document.payeeName, payeeId, PAYEE_WORDS[payeeKind].join(' ')],
    ['期间 Period', fromOn, toOn, 'Asia/Shanghai'],
    ['出具日期 Dated', businessDay(document.datedAt)],
    ['币种 Currency', 'CNY'],
    ['版次 Revision', String(revision.rev), revision.reason ?? '', replaces ?? ''],
    [
      '校验点 Checkpoint',
      document.checkpointDay ?? '',
      String(document.checkpointSize ?? ''),
      document.checkpointRoot ?? '',
    ],
    ['凭证证明 Proof', document.provenJournalId ?? '', document.qrText ?? ''],
    [],
    ['余额 Balance', '', ...AMOUNT_HEADS],
    ['期初 Opening', '', ...amountCells(balances.opening)],
    ...totals.map(({ kind, count, amounts }) => [
      LINE_WORDS[kind].join(' '),
      String(count),
      ...amountCells(amounts),
    ]),
    ['期末 Closing', String(balances.lineCount), ...amountCells(balances.closing)],
    [],
    [
      '日期 Day',
      '事项 Kind',
      '订单或依据 Reference',
      '商品或银行回单 Goods or bank reference',
      '总额 Gross',
      ...AMOUNT_HEADS,
      '凭证 Journal',
    ],
  ];
  return `${MARK}${rows.map(csvRow).join('')}`;
}

export function csvLine(line: StatementLineRow): string {
  return csvRow([
    dayOfLine(line),
    lineTitle(line),
    referenceOf(line),
    line.wording,
    line.grossFen,
    ...amountCells(line),
    line.journalId,
  ]);
}
