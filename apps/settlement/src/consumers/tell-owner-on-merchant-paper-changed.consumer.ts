import { Injectable } from '@nestjs/common';
import { type MerchantMessage, SmsGateway, UserReader, localeOf } from '#libs/identity';
import {
  MerchantPaperReader,
  type MerchantPaperDecided,
  type MerchantPaperEnding,
  type MerchantPaperRow,
  PAPER_FORMS,
} from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** As it stands now: of what was renewed meanwhile nobody is told that it ends. */
function newsOf(
  name: MerchantPaperEnding['name'] | MerchantPaperDecided['name'],
  { state, isCounting }: MerchantPaperRow,
): MerchantMessage['news'] | null {
  if (name === 'merchant_paper.ending') return isCounting ? 'PAPER_ENDING' : null;
  return state === 'RETURNED' ? 'PAPER_RETURNED' : 'PAPER_ACCEPTED';
}

/** Owners are told that a paper ends, and what was said of the one they brought. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnMerchantPaperChanged implements OutwardConsumer<
  MerchantPaperEnding | MerchantPaperDecided
> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly papers: MerchantPaperReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({
    name,
    payload: { paperId, userId },
  }: MerchantPaperEnding | MerchantPaperDecided): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const paper = person ? await this.papers.byId(paperId, { divisions: 'ALL' }) : null;
    const news = paper && newsOf(name, paper);
    if (!person || !paper || !news) return;
    const locale = localeOf(person.locale) ?? 'zh-CN';
    const { merchantName, endsOn } = paper;
    const paperName = PAPER_FORMS[paper.kind].name[locale === 'en' ? 'en' : 'zh'];
    await this.sms.sendMerchantNotice(person.phone, { news, merchantName, paperName, endsOn }, locale);
  }
}
