import { type Fen, sumFen } from '#libs/kernel';

type Word = 'PAID' | 'REJECTED' | 'RETURNED';

export interface BankLine {
  readonly payoutId: string;
  readonly amountFen: Fen;
}

interface BankFile {
  readonly batchNo: number;
  readonly lines: readonly BankLine[];
}

/** A bank that takes files and answers with files; what it has done is the truth that the books are held against. */
export class BankModel {
  private readonly files = new Map<string, BankFile>();
  private readonly words = new Map<string, Word>();
  /** Answers in the order in which a batch's came; a person may import them late, or again. */
  readonly answers: { readonly batchId: string; readonly bytes: Buffer }[] = [];
  private readonly moved: Fen[] = [];
  private readonly refunded = new Set<string>();

  get balance(): Fen {
    return sumFen(this.moved);
  }

  get batches(): readonly string[] {
    return [...this.files.keys()];
  }

  /** The same file twice is one file. */
  take(batchId: string, file: BankFile): void {
    if (!this.files.has(batchId)) this.files.set(batchId, file);
  }

  /** Nothing of it has been done yet, and nothing will be. */
  forget(batchId: string): boolean {
    const file = this.files.get(batchId);
    if (file?.lines.some(({ payoutId }) => this.words.has(`${batchId} ${payoutId}`))) return false;
    this.files.delete(batchId);
    return true;
  }

  /** Does what is in the file, line by line, and says what became of it. `decide` is asked about each line with news to come. */
  answer(batchId: string, decide: (before: Word | null) => Word | null): void {
    const file = this.files.get(batchId);
    if (!file) return;
    const news = file.lines.flatMap((line) => {
      const key = `${batchId} ${line.payoutId}`;
      const before = this.words.get(key) ?? null;
      const word = decide(before);
      if (word === null || word === before) return [];
      this.words.set(key, word);
      if (word === 'PAID') this.moved.push(0n - line.amountFen);
      if (word === 'RETURNED') this.moved.push(line.amountFen);
      return [{ ...line, word }];
    });
    if (news.length > 0) this.answers.push({ batchId, bytes: answerFile(file.batchNo, news) });
  }

  /** Somebody sends us something, or, below zero, we somebody. */
  move(amountFen: Fen): void {
    this.moved.push(amountFen);
  }

  /** A refund by hand, at the counter: once, however often somebody comes with it. */
  refund(refundId: string, amountFen: Fen): void {
    if (!this.hasRefunded(refundId)) this.moved.push(0n - amountFen);
    this.refunded.add(refundId);
  }

  hasRefunded(refundId: string): boolean {
    return this.refunded.has(refundId);
  }

  isOpen(batchId: string): boolean {
    const file = this.files.get(batchId);
    return file?.lines.some(({ payoutId }) => !this.words.has(`${batchId} ${payoutId}`)) ?? false;
  }
}

function yuan(amount: Fen): string {
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
}

function answerFile(batchNo: number, lines: readonly (BankLine & { readonly word: Word })[]): Buffer {
  const sum = (isPaid: boolean) =>
    sumFen(lines.filter(({ word }) => (word === 'PAID') === isPaid).map(({ amountFen }) => amountFen));
  const rows = lines.map(
    ({ payoutId, amountFen, word }, index) =>
      `D,${index + 1},${payoutId},${yuan(amountFen)},${word},B${index + 1},,`,
  );
  const text = [
    `H,TAOYUAN-PAYOUT-RESULT,1,${batchNo},2026-11-03`,
    ...rows,
    `T,${lines.length},${yuan(sum(true))},${yuan(sum(false))},`,
  ];
  return Buffer.from(`${text.join('\r\n')}\r\n`);
}
