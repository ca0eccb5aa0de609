import { Module } from '@nestjs/common';
import { StatementModule } from '#libs/statement';
import { TaxProjectionController } from './tax-projection.controller.js';
import { TaxProjectionResolver } from './tax-projection.resolver.js';

@Module({
  imports: [StatementModule],
  controllers: [TaxProjectionController],
  providers: [TaxProjectionResolver],
})
export class TaxDoorModule {}
