import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { ProcurementModule } from '#libs/procurement';
import { ReceivableModule } from '#libs/receivable';
import { BuyerReceiptResolver } from './buyer-receipt.resolver.js';
import { CreditTermResolver } from './credit-term.resolver.js';
import { ReceivableActResolver } from './receivable-act.resolver.js';
import {
  AgeingResolver,
  DivisionAgeingResolver,
  ReceivableResolver,
  ReceivableUnitResolver,
} from './receivable.resolver.js';

@Module({
  imports: [IdentityModule, ProcurementModule, ReceivableModule],
  providers: [
    AgeingResolver,
    BuyerReceiptResolver,
    CreditTermResolver,
    DivisionAgeingResolver,
    ReceivableActResolver,
    ReceivableResolver,
    ReceivableUnitResolver,
  ],
})
export class ReceivableDoorModule {}
