import { Injectable } from '@nestjs/common';
import { Clock, type Fen, InvalidInputError, NotFound } from '#libs/kernel';
import { RuleBook } from './rule-book.service.js';
import { SplitRuleReader, type SplitRuleVersion } from './split-rule.reader.js';
import { refuseScope } from './split-rule.rules.js';
import type { RuleScope } from './split-scope.rules.js';
import { type LineRules, type SaleLine, type ShareDraft, sharesOfLine } from './split.rules.js';

export interface PreviewQuestion extends RuleScope {
  readonly amountFen: Fen;
  readonly isCertified: boolean;
  readonly hasOperator: boolean;
  /** As if this rule, whatever its state, were the one in force; null for the one that is. */
  readonly ruleId: string | null;
  /** The moment of payment; null for now. */
  readonly at: Date | null;
}

export interface Preview {
  /** A draft has no version. */
  readonly split: Pick<SplitRuleVersion, 'id' | 'version'>;
  readonly contribution: LineRules['contribution'];
  readonly shares: readonly ShareDraft[];
}

const NO_AMOUNT = { zh: '金额须为正', en: 'The amount is more than nothing.' };

/** What a sale would be split into, by the functions that split a sale. Households are one pool here: who they are is the batch's matter. */
@Injectable()
export class SplitPreviewService {
  constructor(
    private readonly ruleBook: RuleBook,
    private readonly rules: SplitRuleReader,
    private readonly clock: Clock,
  ) {}

  async preview(question: PreviewQuestion): Promise<Preview | InvalidInputError> {
    if (question.amountFen <= 0n) return new InvalidInputError([{ path: 'amountFen', message: NO_AMOUNT }]);
    // A sale has both a product and a merchant, so each is looked at alone.
    const invalid =
      refuseScope({ ...question, merchantId: '' }, 'preview') ??
      refuseScope({ ...question, productId: '' }, 'preview');
    if (invalid) return invalid;
    const at = question.at ?? this.clock.now();
    const inForce = (await this.ruleBook.of([question], at))(question);
    const { contribution } = inForce;
    const asked = question.ruleId === null ? null : await this.asked(question.ruleId);
    // Which version it will be decides nothing.
    const split = asked ? { ...asked, version: 0 } : inForce.split;
    return {
      split: asked ?? split,
      contribution,
      shares: sharesOfLine({ split, contribution }, lineOf(question)),
    };
  }

  /** Of the goods value of sales under these scopes, what now goes to households; in their order, in one statement. */
  async householdBpsOf(scopes: readonly RuleScope[]): Promise<number[]> {
    const splits = await this.ruleBook.splitsOf(scopes, this.clock.now());
    return splits.map(({ householdBps }) => householdBps);
  }

  private async asked(ruleId: string): Promise<SplitRuleVersion> {
    const rule = await this.rules.splitRule(ruleId);
    if (!rule) throw new NotFound('SplitRule', ruleId);
    return rule;
  }
}

function lineOf(question: PreviewQuestion): SaleLine {
  return {
    lineId: '',
    merchantOrderId: '',
    merchantId: (question.merchantId || 'mer_') as `mer_${string}`,
    productId: question.productId,
    goodsFen: question.amountFen,
    subsidyFen: 0n,
    isCertified: question.isCertified,
    channelKind: question.channelKind,
    operatorId: question.hasOperator ? 'chp_' : null,
    originCountyCode: '',
    saleCountyCode: '',
    households: [],
  };
}
