import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { businessDay } from '#libs/kernel';
import { SHEET, type Cell, type Column, fitted, pagesOf } from './statement-sheet.rules.js';
import {
  LINE_WORDS,
  PAYEE_WORDS,
  type StatementSheet,
  dayOfLine,
  lineTitle,
  referenceOf,
} from './statement-text.rules.js';
import type { StatementLineRow } from './statement.reader.js';
import { type Amounts, netOf, readableYuan } from './statement.rules.js';

/** Some ten megabytes, read only when something is printed and given back afterwards. */
const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const INK = '#1a1a1a';
const GREY = '#666666';
const RULE = '#bbbbbb';
const SHADE = '#f2f0ec';

const AMOUNTS: readonly Column[] = [
  { title: '待结算 Held', width: 76, isNumber: true },
  { title: '可付 Available', width: 76, isNumber: true },
  { title: '应退 Owed', width: 66, isNumber: true },
  { title: '净额 Net', width: 76, isNumber: true },
];
const LINE_COLUMNS: readonly Column[] = [
  { title: '日期 Day', width: 50, isNumber: false },
  { title: '事项 Kind', width: 96, isNumber: false },
  { title: '订单或依据 Reference', width: 138, isNumber: false, isWhole: true },
  { title: '商品或银行回单 Goods or bank reference', width: 109, isNumber: false },
  { title: '总额 Gross', width: 75, isNumber: true },
  ...AMOUNTS,
];
const BALANCE_COLUMNS: readonly Column[] = [
  { title: '余额（元）Balance, CNY', width: 284, isNumber: false },
  { title: '笔数 Count', width: 109, isNumber: true },
  { title: '总额 Gross', width: 75, isNumber: true },
  ...AMOUNTS,
];

function amountCells(amounts: Amounts): string[] {
  return [amounts.heldFen, amounts.availableFen, amounts.owedFen, netOf(amounts)].map(readableYuan);
}

function lineCells(line: StatementLineRow): string[] {
  const gross = line.grossFen === null ? '' : readableYuan(line.grossFen);
  return [dayOfLine(line), lineTitle(line), referenceOf(line), line.wording, gross, ...amountCells(line)];
}

type Pdf = PDFKit.PDFDocument;

/** Draws one statement onto pages whose number is known beforehand, so that each can be sent on when it is full. */
class Press {
  private y = 0;
  private page = 0;
  private readonly widths = new Map<string, number>();

  constructor(
    private readonly pdf: Pdf,
    private readonly sheet: StatementSheet,
    private readonly pages: number,
  ) {}

  newPage(): void {
    const { pdf, sheet } = this;
    this.page += 1;
    pdf.addPage();
    this.text(SHEET.left, 24, '桃源 结算对账单  Taoyuan statement', 8, GREY);
    this.text(SHEET.right, 24, sheet.revision.number, 8, GREY, true);
    this.rule(38);
    this.rule(SHEET.bottom + 8);
    const { fromOn, toOn } = sheet.statement;
    this.text(SHEET.left, SHEET.bottom + 13, `${sheet.document.payeeName}  ${fromOn} 至 ${toOn}`, 8, GREY);
    this.text(
      SHEET.right,
      SHEET.bottom + 13,
      `第 ${this.page} 页 共 ${this.pages} 页  Page ${this.page} of ${this.pages}`,
      8,
      GREY,
      true,
    );
    this.y = SHEET.top;
  }

  title(): void {
    const { statement, revision, replaces, document } = this.sheet;
    const [kindZh, kindEn] = PAYEE_WORDS[statement.payeeKind];
    this.text(SHEET.left, this.y, '结算对账单', 20, INK);
    this.text(SHEET.left + 112, this.y + 9, 'Statement of account', 11, GREY);
    this.y += 34;
    const facts: readonly (readonly [string, string])[] = [
      ['收款方 Payee', `${document.payeeName}（${kindZh} ${kindEn}）`],
      ['代码 Code', statement.payeeId],
      ['期间 Period', `${statement.fromOn} 至 ${statement.toOn}（含首尾，上海时间 Asia/Shanghai）`],
      ['编号 Number', revision.number],
      ['出具 Dated', `${businessDay(document.datedAt)}    版次 Revision ${revision.rev}`],
      [
        '说明 Note',
        replaces === null
          ? '首次出具。金额单位：元（人民币）。First edition. Amounts in yuan (CNY).'
          : `替代 Replaces ${replaces}：${revision.reason ?? ''}`,
      ],
    ];
    for (const [name, value] of facts) {
      this.text(SHEET.left, this.y, name, 8, GREY);
      this.text(SHEET.left + 80, this.y, this.fit(value, SHEET.width - 80, 9), 9, INK);
      this.y += SHEET.factHeight;
    }
    this.y += 8;
  }

  balance(): void {
    const { balances, totals } = this.sheet;
    this.head(BALANCE_COLUMNS);
    this.row(BALANCE_COLUMNS, ['期初余额 Opening', '', '', ...amountCells(balances.opening)], true);
    for (const { kind, count, grossFen, amounts } of totals) {
      const gross = grossFen === 0n ? '' : readableYuan(grossFen);
      const name = LINE_WORDS[kind].join(' ');
      this.row(BALANCE_COLUMNS, [name, String(count), gross, ...amountCells(amounts)]);
    }
    const count = String(balances.lineCount);
    this.row(BALANCE_COLUMNS, ['期末余额 Closing', count, '', ...amountCells(balances.closing)], true);
    this.y += 6;
    this.text(
      SHEET.left,
      this.y,
      '净额 = 待结算 + 可付 − 应退。待结算：售后期内；可付：可对外付款；应退：收款方尚欠平台。Net = held + available − owed.',
      7.5,
      GREY,
    );
  }

  lineHead(): void {
    this.head(LINE_COLUMNS);
  }

  line(line: StatementLineRow): void {
    this.row(LINE_COLUMNS, lineCells(line));
  }

  /** What makes it a document that can be checked by somebody who does not trust us. */
  async proof(csvSha256: string): Promise<void> {
    const { document } = this.sheet;
    this.text(SHEET.left, this.y, '核验 Verification', 13, INK);
    this.y += 26;
    const { checkpointDay, checkpointSize, checkpointRoot, provenJournalId, qrText } = document;
    const notes = [
      `明细文件 CSV SHA-256：${csvSha256}`,
      ...(checkpointDay === null
        ? ['校验点 Checkpoint：出具时尚无签名校验点。None had been signed when this was made.']
        : [
            `校验点 Checkpoint：账簿封存至 ${checkpointDay}，共 ${checkpointSize} 条 records，根 root：`,
            `${checkpointRoot}`,
          ]),
      provenJournalId === null
        ? '包含证明 Proof：本期无可证明的凭证。No record of this period can be proven yet.'
        : `包含证明 Proof：右侧二维码证明本期最后一笔已封存凭证 ${provenJournalId} 在账簿中。`,
      '离线核验方法见 docs/verifying.md（verify-proof.mjs）：把二维码内容存为文件，与公钥和当日校验点一起运行。',
      'How to verify offline: docs/verifying.md. Save the text of the code as a file; run it with the key and that day’s checkpoint.',
      'PDF 与 CSV 自出具起不再更改；二者的 SHA-256 由平台对账单页面列出。Neither file is ever changed; the console lists both hashes.',
    ];
    for (const note of notes) {
      this.text(SHEET.left, this.y, this.fit(note, SHEET.width - 190, 8.5), 8.5, INK);
      this.y += 17;
    }
    if (qrText !== null) await this.code(qrText);
  }

  private async code(text: string): Promise<void> {
    const { default: qrcode } = await import('qrcode');
    // M: a creased sheet still reads.
    const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
    const side = 170;
    const unit = side / modules.size;
    const [left, top] = [SHEET.right - side, SHEET.top + 26];
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) this.pdf.rect(left + column * unit, top + row * unit, unit, unit);
      }
    }
    this.pdf.fill(INK);
  }

  private head(columns: readonly Column[]): void {
    this.pdf.rect(SHEET.left, this.y, SHEET.width, SHEET.rowHeight).fill(SHADE);
    this.cells(
      columns,
      columns.map(({ title }) => title),
      7.5,
      GREY,
    );
    this.y += SHEET.rowHeight;
  }

  private row(columns: readonly Column[], cells: readonly Cell[], isStrong = false): void {
    this.cells(columns, cells, isStrong ? 8.5 : 7.5, INK);
    this.y += SHEET.rowHeight;
    this.rule(this.y);
  }

  private cells(columns: readonly Column[], cells: readonly Cell[], size: number, ink: string): void {
    let left = SHEET.left;
    for (const [index, { width, isNumber, isWhole = isNumber }] of columns.entries()) {
      const cell = cells[index] ?? '';
      const space = width - 6;
      const fit = isWhole ? Math.min(size, (size * space) / Math.max(1, this.measure(cell, size))) : size;
      const shown = isWhole ? cell : this.fit(cell, space, size);
      const x = isNumber ? left + width - 3 : left + 3;
      this.text(x, this.y + 4 + (size - fit) / 2, shown, fit, ink, isNumber);
      left += width;
    }
  }

  private rule(y: number): void {
    this.pdf.lineWidth(0.4).moveTo(SHEET.left, y).lineTo(SHEET.right, y).stroke(RULE);
  }

  private text(x: number, y: number, text: string, size: number, ink: string, isRight = false): void {
    if (text === '') return;
    const left = isRight ? x - this.measure(text, size) : x;
    this.pdf.fontSize(size).fillColor(ink).text(text, left, y, { lineBreak: false });
  }

  private fit(text: string, width: number, size: number): string {
    return fitted(text, width, (sign) => this.widthOf(sign, size));
  }

  private measure(text: string, size: number): number {
    let width = 0;
    for (const sign of text) width += this.widthOf(sign, size);
    return width;
  }

  /** Sign by sign and remembered: asking the font for every text would cost more than writing it. */
  private widthOf(sign: string, size: number): number {
    let width = this.widths.get(sign);
    if (width === undefined) {
      width = this.pdf.fontSize(100).widthOfString(sign);
      this.widths.set(sign, width);
    }
    return (width * size) / 100;
  }
}

@Injectable()
export class StatementPdfService {
  /**
   * The same sheet and lines make the same bytes. `take` gets the bytes while they are made; nothing of the document is held longer than a
   * page, and between pages others have their turn.
   */
  async print<T>(
    sheet: StatementSheet,
    lines: AsyncIterable<StatementLineRow>,
    csvSha256: string,
    take: (bytes: Readable) => Promise<T>,
  ): Promise<T> {
    const { default: PDFDocument } = await import('pdfkit');
    const pdf: Pdf = new PDFDocument({
      size: 'A4',
      layout: 'landscape',
      margin: 0,
      autoFirstPage: false,
      font: createRequire(import.meta.url).resolve(FONT),
      lang: 'zh-CN',
      info: {
        Title: sheet.revision.number,
        Author: 'Taoyuan 桃源',
        // The document's id is made of this too.
        CreationDate: sheet.document.datedAt,
      },
    });
    const taken = take(pdf as unknown as Readable);
    try {
      await this.draw(pdf, sheet, lines, csvSha256);
      pdf.end();
    } catch (error) {
      (pdf as unknown as Readable).destroy(error instanceof Error ? error : new Error(String(error)));
      // It ends with the same error, which is thrown below.
      await taken.catch(() => undefined);
      throw error;
    }
    return taken;
  }

  private async draw(
    pdf: Pdf,
    sheet: StatementSheet,
    lines: AsyncIterable<StatementLineRow>,
    csvSha256: string,
  ): Promise<void> {
    const press = new Press(pdf, sheet, pagesOf(sheet.balances.lineCount));
    press.newPage();
    press.title();
    press.balance();
    let onPage: number = SHEET.rowsPerPage;
    for await (const line of lines) {
      if (onPage === SHEET.rowsPerPage) {
        await setImmediate();
        press.newPage();
        press.lineHead();
        onPage = 0;
      }
      press.line(line);
      onPage += 1;
    }
    press.newPage();
    await press.proof(csvSha256);
  }
}
