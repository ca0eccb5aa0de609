const hasColour = (process.stderr.isTTY && !process.env.NO_COLOR) || Boolean(process.env.FORCE_COLOR);

const paint = (code) => (text) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');

/** Progress goes to stderr, so that a command's answer alone is on stdout. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

/** A step that takes longer than this says that it has begun. */
const SILENT_MS = 1_500;

/** Runs one step and prints one line with what it took; a text it answers is printed beside it. */
export async function step(name, work) {
  const startedMs = Date.now();
  const begun = setTimeout(() => say(`  ${dim('·')} ${name} …`), SILENT_MS);
  try {
    const answer = await work();
    const detail = typeof answer === 'string' && answer !== '' ? dim(` ${answer}`) : '';
    say(`  ${green('✓')} ${name.padEnd(22)} ${seconds(startedMs).padStart(7)}${detail}`);
    return answer;
  } catch (error) {
    say(`  ${red('✗')} ${name.padEnd(22)} ${seconds(startedMs).padStart(7)}`);
    throw error;
  } finally {
    clearTimeout(begun);
  }
}
