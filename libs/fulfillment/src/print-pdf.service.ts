import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config';
import { code128 } from './code128.rules.js';
import { type Party, type PrintSheet, maskedParty } from './print-sheet.service.js';
import { CARRIER_NAMES } from './waybill.rules.js';

/** Some ten megabytes, read only when something is printed and given back afterwards. */
const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const INK = '#000000';
const GREY = '#555555';
const MM = 72 / 25.4;

/** As thermal printers have it: 100 × 150 millimetres. */
const LABEL = { width: 100 * MM, height: 150 * MM, side: 4 * MM };
const A4 = { width: 595.28, height: 841.89, side: 48 };
/** Of a packing list, below its head. */
const HEAD = 26;
const ROW = 42;
const LABEL_LINES_MAX = 5;
/** Of a code that is scanned: on a label, and on a packing list. */
const TRACE_SIDE = 58;
const TRACE_SIDE_LISTED = 36;

type Pdf = PDFKit.PDFDocument;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** One line, or as many as `lines` says; what does not fit ends in an ellipsis. */
function write(
  pdf: Pdf,
  text: string,
  size: number,
  { x, y, width }: Place,
  {
    ink = INK,
    align = 'left',
    lines = 1,
  }: { ink?: string; align?: 'left' | 'right' | 'center'; lines?: number } = {},
): void {
  // Chinese letters of this font need half as much again as their size.
  const height = size * 1.5 * lines;
  pdf.fontSize(size).fillColor(ink).text(text, x, y, { width, height, align, ellipsis: true, lineGap: 0 });
}

function line(pdf: Pdf, y: number, from: number, to: number, width = 0.8): void {
  pdf.lineWidth(width).moveTo(from, y).lineTo(to, y).stroke(INK);
}

/** With a quiet zone of ten modules on either side, as wide as there is room and no wider than is usual. */
function barcode(pdf: Pdf, text: string, { x, y, width }: Place, height: number): void {
  const widths = code128(text);
  const modules = widths.reduce((sum, each) => sum + each, 0);
  const unit = Math.min(1.5, width / (modules + 20));
  let left = x + (width - modules * unit) / 2;
  for (const [index, each] of widths.entries()) {
    if (index % 2 === 0) pdf.rect(left, y, each * unit, height);
    left += each * unit;
  }
  pdf.fill(INK);
}

/** Squares of the code by its trace code: the page of the shop where anybody reads where the goods grew. */
type TraceSquares = ReadonlyMap<string, { readonly size: number; get(row: number, column: number): number }>;

/** Nothing for what has no code. Two modules of quiet zone are the paper around it. */
function traceSquare(pdf: Pdf, squares: TraceSquares, code: string, { x, y, width }: Place): void {
  const modules = squares.get(code);
  if (!modules) return;
  const unit = width / modules.size;
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) pdf.rect(x + column * unit, y + row * unit, unit, unit);
  pdf.fill(INK);
}

function party(
  pdf: Pdf,
  sign: string,
  { name, phone, place, address }: Party,
  y: number,
  size: number,
): void {
  const { side, width } = LABEL;
  const x = side + 30;
  const room = width - side - x;
  pdf.circle(side + 12, y + 12, 11).fill(INK);
  write(pdf, sign, 12, { x: side + 1, y: y + 3, width: 22 }, { ink: '#ffffff', align: 'center' });
  write(pdf, `${name}  ${phone}`, size, { x, y, width: room });
  write(pdf, address === '' ? place : address, size - 2, { x, y: y + size * 1.5, width: room }, { lines: 2 });
}

function drawLabel(pdf: Pdf, sheet: PrintSheet, squares: TraceSquares): void {
  const { waybill, recipient, lines, seller, sellerPlace, position, count } = sheet;
  const { width, height, side } = LABEL;
  const room = width - 2 * side;
  const trackingNo = waybill.trackingNo ?? '';
  write(pdf, CARRIER_NAMES[waybill.carrier], 18, { x: side, y: 8, width: room });
  write(pdf, `${position} / ${count}`, 9, { x: side, y: 16, width: room }, { ink: GREY, align: 'right' });
  line(pdf, 40, side, width - side);
  write(pdf, recipient.place, 17, { x: side, y: 46, width: room }, { lines: 2 });
  line(pdf, 100, side, width - side);
  barcode(pdf, trackingNo, { x: side, y: 110, width: room }, 56);
  write(pdf, trackingNo, 14, { x: side, y: 169, width: room }, { align: 'center' });
  line(pdf, 194, side, width - side);
  party(pdf, '收', maskedParty(recipient), 202, 14);
  line(pdf, 266, side, width - side);
  party(pdf, '寄', { name: seller, phone: '', place: sellerPlace, address: '' }, 273, 10);
  line(pdf, 316, side, width - side);
  const shown = lines.slice(0, LABEL_LINES_MAX);
  for (const [index, { name, quantity }] of shown.entries())
    write(pdf, `${name} × ${quantity}`, 9, { x: side, y: 322 + index * 14, width: room - TRACE_SIDE - 8 });
  // One harvest is what most parcels hold; of several the packing list has a code for each.
  const [traceCode = '', ...others] = new Set(lines.map((each) => each.traceCode));
  if (others.length === 0 && squares.has(traceCode)) {
    const right = width - side - TRACE_SIDE;
    traceSquare(pdf, squares, traceCode, { x: right, y: 322, width: TRACE_SIDE });
    write(pdf, '扫码溯源', 7, { x: right - 6, y: 382, width: TRACE_SIDE + 12 }, { align: 'center' });
  }
  const more = lines.length - shown.length;
  const note = more > 0 ? `另有 ${more} 种，见装箱单` : '';
  write(pdf, note, 8, { x: side, y: 322 + LABEL_LINES_MAX * 14, width: room }, { ink: GREY });
  write(pdf, waybill.merchantOrderId, 7, { x: side, y: height - 18, width: room }, { ink: GREY });
  write(pdf, '个人信息已隐去', 7, { x: side, y: height - 18, width: room }, { ink: GREY, align: 'right' });
}

function packingHead(pdf: Pdf, { recipient, waybill, seller, position, count, dueOn }: PrintSheet): number {
  const { width, side } = A4;
  const room = width - 2 * side;
  write(pdf, '装箱单', 24, { x: side, y: 40, width: room });
  write(pdf, `${position} / ${count}`, 12, { x: side, y: 50, width: room }, { ink: GREY, align: 'right' });
  write(pdf, seller, 11, { x: side, y: 78, width: room }, { ink: GREY });
  line(pdf, 102, side, width - side);
  write(pdf, `${recipient.name}  ${recipient.phone}`, 16, { x: side, y: 112, width: room - 190 });
  write(
    pdf,
    `${recipient.place} ${recipient.address}`,
    12,
    { x: side, y: 138, width: room - 190 },
    { lines: 3 },
  );
  const right = { x: width - side - 180, y: 112, width: 180 };
  const trackingNo = waybill.trackingNo ?? '';
  barcode(pdf, trackingNo, right, 40);
  write(pdf, trackingNo, 10, { ...right, y: 155 }, { align: 'center' });
  const carrier = CARRIER_NAMES[waybill.carrier];
  write(pdf, `${carrier}  ${dueOn} 前发`, 10, { ...right, y: 171 }, { align: 'center', ink: GREY });
  const y = 204;
  pdf.rect(side, y, room, HEAD).fill('#eeeeee');
  write(pdf, '货', 11, { x: side + 8, y: y + 5, width: 280 }, { ink: GREY });
  write(pdf, '批次', 11, { x: side + 290, y: y + 5, width: 130 }, { ink: GREY });
  write(pdf, '件数', 11, { x: width - side - 70, y: y + 5, width: 62 }, { ink: GREY, align: 'right' });
  return y + HEAD;
}

function drawPacking(pdf: Pdf, sheet: PrintSheet, squares: TraceSquares): void {
  const { width, height, side } = A4;
  let y = packingHead(pdf, sheet);
  for (const { name, traceCode, quantity } of sheet.lines) {
    if (y > height - 110) {
      pdf.addPage();
      y = packingHead(pdf, sheet);
    }
    write(pdf, name, 12, { x: side + 8, y: y + 3, width: 275 }, { lines: 2 });
    traceSquare(pdf, squares, traceCode, { x: side + 290, y: y + 3, width: TRACE_SIDE_LISTED });
    write(pdf, traceCode, 9, { x: side + 334, y: y + 13, width: 90 }, { ink: GREY });
    write(pdf, `× ${quantity}`, 15, { x: width - side - 80, y: y + 8, width: 72 }, { align: 'right' });
    y += ROW;
    line(pdf, y, side, width - side, 0.3);
  }
  write(pdf, sheet.waybill.merchantOrderId, 9, { x: side, y: height - 60, width: 250 }, { ink: GREY });
  write(
    pdf,
    '装箱人签字：____________',
    11,
    { x: width - side - 220, y: height - 64, width: 220 },
    { align: 'right' },
  );
}

export const PRINT_KINDS = ['packing', 'labels'] as const;
export type PrintKind = (typeof PRINT_KINDS)[number];

/** Draws what is printed of a batch: packing lists on A4, labels for the roll. */
@Injectable()
export class PrintPdfService {
  constructor(private readonly config: Config) {}

  async draw(sheets: readonly PrintSheet[], kind: PrintKind): Promise<Buffer> {
    const { default: PDFDocument } = await import('pdfkit');
    const squares = await this.traceSquares(sheets);
    const isLabel = kind === 'labels';
    const pdf: Pdf = new PDFDocument({
      size: isLabel ? [LABEL.width, LABEL.height] : 'A4',
      margin: 0,
      autoFirstPage: false,
      font: createRequire(import.meta.url).resolve(FONT),
      lang: 'zh-CN',
      info: { Title: isLabel ? '快递面单' : '装箱单', Author: 'Taoyuan 桃源' },
    });
    const chunks: Buffer[] = [];
    for (const sheet of sheets) {
      pdf.addPage();
      if (isLabel) drawLabel(pdf, sheet, squares);
      else drawPacking(pdf, sheet, squares);
    }
    pdf.end();
    for await (const chunk of pdf as unknown as Readable) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  private async traceSquares(sheets: readonly PrintSheet[]): Promise<TraceSquares> {
    const { default: qrcode } = await import('qrcode');
    const codes = new Set(sheets.flatMap(({ lines }) => lines.map(({ traceCode }) => traceCode)));
    return new Map(
      [...codes]
        .filter((code) => code !== '')
        .map((code) => {
          const url = `${this.config.publicUrl}/trace/${encodeURIComponent(code)}`;
          // M: a creased box still reads.
          return [code, qrcode.create(url, { errorCorrectionLevel: 'M' }).modules];
        }),
    );
  }
}
