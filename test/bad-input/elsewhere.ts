/** Not done here: they need money that a provider has brought, a file that has come back, a month that is over, or a cabinet that is at hand. Each spec shows it done. */
export const DONE_ELSEWHERE: Readonly<Record<string, string>> = {
  teamMemberAdd: 'test/doors/merchant/team.e2e-spec.ts',
  teamMemberEnd: 'test/doors/merchant/team.e2e-spec.ts',
  doorOpen: 'test/database/vending.db-spec.ts',
  pickUpOpen: 'test/database/vending.db-spec.ts',
  pickUpOpenByCode: 'test/database/vending.db-spec.ts',
  kioskCodeIssue: 'test/database/vending.db-spec.ts',
  linkageConfirm: 'test/doors/settlement/linkage.e2e-spec.ts',
  merchantApplicationSubmit: 'test/doors/merchant/application.e2e-spec.ts',
  merchantApplicationWithdraw: 'test/doors/merchant/application.e2e-spec.ts',
  cabinetReleaseAdd: 'test/database/counter.db-spec.ts',
  cabinetRolloutStart: 'test/database/counter.db-spec.ts',
  cabinetRolloutAdvance: 'test/database/counter.db-spec.ts',
  cabinetRolloutHalt: 'test/database/counter.db-spec.ts',
  cabinetRolloutResume: 'test/database/counter.db-spec.ts',
  cabinetRolloutRollBack: 'test/database/counter.db-spec.ts',
  cabinetRolloutEnd: 'test/database/counter.db-spec.ts',
  linkageAgreementRedraft: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementSign: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementAmend: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementEnd: 'test/doors/settlement/linkage.e2e-spec.ts',
  pickUpPlace: 'test/database/vending.db-spec.ts',
  pickUpTakeBack: 'test/database/vending.db-spec.ts',
  merchantApplicationApprove: 'test/doors/merchant/application.e2e-spec.ts',
  linkageFlagDecide: 'test/doors/settlement/linkage.e2e-spec.ts',
  doorOpeningCancel: 'test/database/vending.db-spec.ts',
  doorOpeningDecide: 'test/database/vending.db-spec.ts',
  doorOpeningWaive: 'test/database/vending.db-spec.ts',
  doorDebtDispute: 'test/database/vending.db-spec.ts',
  doorDisputeRefuse: 'test/database/vending.db-spec.ts',
  merchantOrderReady: 'test/doors/merchant/merchant-order.e2e-spec.ts',
  claimReverse: 'test/doors/settlement/claim.e2e-spec.ts',
  invoiceImport: 'test/doors/settlement/invoice.e2e-spec.ts',
  ledgerAccountClose: 'test/doors/settlement/ledger-act.e2e-spec.ts',
  volumeErratumPropose: 'test/doors/settlement/erratum.e2e-spec.ts',
  volumeErratumDecide: 'test/doors/settlement/erratum.e2e-spec.ts',
  volumeErratumWithdraw: 'test/doors/settlement/erratum.e2e-spec.ts',
  monthCloseLockRequest: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthCloseLockDecide: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthClosePublishRequest: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthClosePublishDecide: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthCloseWithdraw: 'test/doors/settlement/month-close.e2e-spec.ts',
  payoutRecall: 'test/doors/settlement/payout.e2e-spec.ts',
  payoutDeclareAbsent: 'test/doors/settlement/payout.e2e-spec.ts',
  unreturnedPaymentRefund: 'test/doors/settlement/reconciliation.e2e-spec.ts',
  statementReissue: 'test/doors/settlement/statement.e2e-spec.ts',
};

/** Mutations with a key that begin something with a provider, or need what only their own specs make. Each shows what the key says to other content. */
export const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  cabinetRolloutStart: 'test/database/counter.db-spec.ts',
  doorOpeningStart: 'test/database/vending.db-spec.ts',
  statementReissue: 'test/doors/settlement/statement.e2e-spec.ts',
};

/** What a key says that has been used for something else. */
export const SAID_BEFORE =
  /KEY_(USED|REUSED)$|^IDEMPOTENCY_CONFLICT$|^(CLAIM|MERCHANT_APPLICATION)_CHANGED$|^RECEIPT_REFERENCE_USED$/;
