import { createHash } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly etag: string;
  /** When the question was asked, not when it was answered: nothing in it is younger. */
  readonly askedAtMs: number;
  /** 0 for a fault, which is not kept. */
  readonly freshMs: number;
}

/** Whoever comes later than this after a question was asked has it asked anew: its answer may tell of what was before. */
const SHARED_MS = 1_000;

/** What a list and a page weigh, some thousand times; past it the answers asked longest ago go. */
const BYTES_MAX = 64_000_000;

export function answerOf(status: number, body: string, askedAtMs: number, freshMs: number): Answer {
  const bytes = Buffer.from(body);
  const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`;
  return { status, body: bytes, etag, askedAtMs, freshMs };
}

/** Answers to public questions, as bytes, by what was asked. Each process has its own, and may lose it at any time. */
export class AnswerCache {
  private readonly answers = new Map<string, Answer>();
  private readonly asking = new Map<string, { readonly answer: Promise<Answer>; readonly sinceMs: number }>();
  private bytes = 0;
  /** Counts what has made answers worthless, so that one which was asked for before is not kept after. */
  private generation = 0;

  get(key: string, nowMs: number): Answer | null {
    const answer = this.answers.get(key);
    if (!answer) return null;
    const ageMs = nowMs - answer.askedAtMs;
    // A clock that has gone backwards makes no answer younger.
    if (ageMs >= 0 && ageMs < answer.freshMs) return answer;
    this.drop(key, answer);
    return null;
  }

  /** Asks once for all who want the same meanwhile. */
  ask(key: string, nowMs: number, question: () => Promise<Answer>): Promise<Answer> {
    const asked = this.asking.get(key);
    if (asked && Math.abs(nowMs - asked.sinceMs) < SHARED_MS) return asked.answer;
    const { generation } = this;
    const answering = question()
      .then((answer) => {
        if (answer.freshMs > 0 && generation === this.generation) this.keep(key, answer);
        return answer;
      })
      .finally(() => {
        if (this.asking.get(key)?.answer === answering) this.asking.delete(key);
      });
    this.asking.set(key, { answer: answering, sinceMs: nowMs });
    return answering;
  }

  /** Something has moved that only the answers show which are kept for a second; those that last longer show nothing that moves. */
  forgetMoving(): void {
    this.generation += 1;
    this.asking.clear();
    for (const [key, answer] of this.answers) if (answer.freshMs <= SHARED_MS) this.drop(key, answer);
  }

  /** Something has changed: whoever asks from now on is answered anew. */
  forget(): void {
    this.generation += 1;
    this.answers.clear();
    this.asking.clear();
    this.bytes = 0;
  }

  private keep(key: string, answer: Answer): void {
    const before = this.answers.get(key);
    if (before) this.drop(key, before);
    this.answers.set(key, answer);
    this.bytes += answer.body.length + key.length;
    for (const [oldest, kept] of this.answers) {
      if (this.bytes <= BYTES_MAX) return;
      this.drop(oldest, kept);
    }
  }

  private drop(key: string, answer: Answer): void {
    this.answers.delete(key);
    this.bytes -= answer.body.length + key.length;
  }
}
