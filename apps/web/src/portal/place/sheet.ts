import { language } from '../../shared/graphql/ask.js';
import { renew } from '../../shared/graphql/renew.js';
import { t } from '../../shared/i18n.js';

interface Answer {
  readonly id?: string;
  readonly message?: string;
}

/** A spreadsheet is brought whole; its id, or why not in words. Once more after the session was renewed, as everything is. */
export async function bringSheet(
  operatorId: string,
  month: string,
  file: File,
): Promise<{ readonly id: string } | { readonly message: string }> {
  const query = new URLSearchParams({ operatorId, month, fileName: file.name });
  const send = () =>
    fetch(`/sell-throughs?${query.toString()}`, {
      method: 'POST',
      headers: { ...language(), 'content-type': 'application/octet-stream' },
      body: file,
    });
  try {
    let answer = await send();
    if (answer.status === 401 && (await renew())) answer = await send();
    const { id, message } = (await answer.json()) as Answer;
    if (answer.ok && id !== undefined) return { id };
    return { message: message ?? t('没有连上服务，请再试一次。') };
  } catch {
    // Nobody was reached, or what answered is none of ours.
    return { message: t('网络不通，请稍后再试。') };
  }
}
