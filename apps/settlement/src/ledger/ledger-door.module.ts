import { Module } from '@nestjs/common';
import { LedgerModule } from '#libs/ledger';
import { LedgerResolver } from './ledger.resolver.js';

@Module({ imports: [LedgerModule], providers: [LedgerResolver] })
export class LedgerDoorModule {}
