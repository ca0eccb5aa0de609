import { type Refusal } from './graphql/act.js';
import { language } from './graphql/ask.js';
import { renew } from './graphql/renew.js';
import { t } from './i18n.js';

const ask = (path: string): Promise<Response> => fetch(path, { headers: language() });

async function fetched(path: string): Promise<Response> {
  const answer = await ask(path);
  if (answer.status !== 401) return answer;
  return (await renew()) ? ask(path) : answer;
}

/** Nobody was reached, or what answered is none of ours. */
const unreached = (): Refusal => ({ code: 'UNREACHED', message: t('网络不通，请稍后再试。') });

async function refusalIn(answer: Response): Promise<Refusal> {
  const { code = 'FAULT', message = t('没有连上服务，请再试一次。') } =
    (await answer.json()) as Partial<Refusal>;
  return { code, message };
}

/** Names in other letters than ours are written after `filename*=`. */
function nameOf(answer: Response): string {
  const said = answer.headers.get('content-disposition') ?? '';
  const plain = /filename="([^"]+)"/.exec(said)?.[1];
  return plain ?? decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(said)?.[1] ?? '');
}

/** Hands what has come to the browser, as a link to a file does. */
export function handOver(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Takes a file out, in the page's language and once more after the session was renewed; null, or why not: a link alone would save the refusal as the file. */
export async function takeFile(path: string): Promise<Refusal | null> {
  try {
    const answer = await fetched(path);
    if (answer.ok) {
      handOver(await answer.blob(), nameOf(answer));
      return null;
    }
    return await refusalIn(answer);
  } catch {
    return unreached();
  }
}

/** Brings a file as it is, once more after the session was renewed: what the service calls it, or why it does not take it. */
export async function bringFile(path: string, file: Blob): Promise<{ readonly id: string } | Refusal> {
  const bring = () =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', ...language() },
      body: file,
    });
  try {
    const first = await bring();
    const answer = first.status === 401 && (await renew()) ? await bring() : first;
    return answer.ok ? ((await answer.json()) as { readonly id: string }) : await refusalIn(answer);
  } catch {
    return unreached();
  }
}
