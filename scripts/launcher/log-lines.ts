const COLOURS = [36, 35, 33, 32, 34, 96];
const hasColour = (process.stdout.isTTY && !process.env.NO_COLOR) || Boolean(process.env.FORCE_COLOR);

/** Enough to see why a process died. */
const TAIL_LINES = 30;

/** Splits a process's output into lines, hands each on and keeps the last few. */
export class LogLines {
  private rest = '';
  private readonly last: string[] = [];

  constructor(private readonly print: (line: string) => void = () => undefined) {}

  readonly take = (chunk: Buffer | string): void => {
    const lines = (this.rest + chunk.toString()).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.keep(line);
  };

  /** A process killed in the middle of a line still gets it shown. */
  flush(): void {
    if (this.rest !== '') this.keep(this.rest);
    this.rest = '';
  }

  get tail(): string {
    return this.last.join('\n');
  }

  private keep(line: string): void {
    this.last.push(line);
    if (this.last.length > TAIL_LINES) this.last.shift();
    this.print(line);
  }
}

/** One colour per process, so that an eye can follow one voice. */
export function prefixed(name: string, index: number): (line: string) => void {
  const label = `${name.padEnd(14)} │ `;
  const prefix = hasColour ? `\u001b[${COLOURS[index % COLOURS.length] ?? 0}m${label}\u001b[0m` : label;
  return (line) => {
    process.stdout.write(`${prefix}${line}\n`);
  };
}
