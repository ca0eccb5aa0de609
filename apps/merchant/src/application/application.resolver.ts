import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type BankDetails, pageRequest, present, refused } from '#libs/kernel';
import {
  APPLICATION_KEY_PARTS,
  type ApplicationAccountSaying,
  type ApplicationDraft,
  type ApplicationRow,
  type MerchantApplicationId,
  MerchantApplicationAccountService,
  MerchantApplicationReader,
  MerchantApplicationService,
  type MerchantKind,
  type ProcessedFood,
  requiredPapers,
} from '#libs/merchant';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { orThrow } from '#platform/graphql';
import { paperFormOf } from './paper-form.rules.js';

/** What is left out of an input is left out, or null. */
interface BankAccountSetInput extends Omit<ApplicationAccountSaying, 'account'> {
  readonly account?: (Omit<BankDetails, 'bankCode'> & { readonly bankCode?: string | null }) | null;
}

@Resolver()
export class ApplicationResolver {
  constructor(
    private readonly service: MerchantApplicationService,
    private readonly accounts: MerchantApplicationAccountService,
    private readonly reader: MerchantApplicationReader,
  ) {}

  @Query()
  @Allow('MERCHANT_APPLY')
  merchantApplications(
    @CurrentActor() { userId }: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, APPLICATION_KEY_PARTS));
    return this.reader.page({ createdBy: userId }, null, page);
  }

  @Query()
  @Allow('MERCHANT_APPLY')
  merchantApplication(@CurrentActor() { userId }: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { createdBy: userId });
  }

  @Query()
  @Allow('MERCHANT_APPLY')
  merchantPapersRequired(
    @Args() { kind, processedFood }: { kind: MerchantKind; processedFood: ProcessedFood },
  ) {
    return requiredPapers(kind, processedFood).map(paperFormOf);
  }

  @Mutation()
  @Allow('MERCHANT_APPLY')
  async merchantApplicationSave(@CurrentActor() { userId }: Actor, @Args('input') input: ApplicationDraft) {
    const saved = await this.service.saveDraft(input, userId);
    return refused(saved) ? saved : { application: await this.own(saved, userId) };
  }

  @Mutation()
  @Allow('MERCHANT_APPLY')
  async merchantApplicationBankAccountSet(
    @CurrentActor() { userId }: Actor,
    @Args('input') { applicationId, revision, account }: BankAccountSetInput,
  ) {
    const bank = account ? { ...account, bankCode: account.bankCode ?? null } : null;
    const said = await this.accounts.say({ applicationId, revision, account: bank }, userId);
    return refused(said) ? said : { application: await this.own(said, userId) };
  }

  @Mutation()
  @Allow('MERCHANT_APPLY')
  async merchantApplicationSubmit(
    @CurrentActor() { userId }: Actor,
    @Args() { applicationId, revision }: { applicationId: string; revision: number },
  ) {
    const submitted = await this.service.submit(applicationId, revision, userId);
    return refused(submitted) ? submitted : { application: await this.own(submitted, userId) };
  }

  @Mutation()
  @Allow('MERCHANT_APPLY')
  async merchantApplicationWithdraw(
    @CurrentActor() { userId }: Actor,
    @Args('applicationId') applicationId: string,
  ) {
    const withdrawn = await this.service.withdraw(applicationId, userId);
    return refused(withdrawn) ? withdrawn : { application: await this.own(withdrawn, userId) };
  }

  private async own(id: MerchantApplicationId, createdBy: string): Promise<ApplicationRow> {
    return present(await this.reader.byId(id, { createdBy }), 'the application just saved');
  }
}
