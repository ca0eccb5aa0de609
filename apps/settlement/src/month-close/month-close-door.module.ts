import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { VolumeModule } from '#libs/volume';
import { ErratumResolver } from './erratum.resolver.js';
import { MonthCloseActResolver } from './month-close-act.resolver.js';
import { MonthCloseResolver } from './month-close.resolver.js';
import { MonthClosesModule } from './month-closes.module.js';

@Module({
  imports: [ApprovalModule, VolumeModule, MonthClosesModule],
  providers: [ErratumResolver, MonthCloseActResolver, MonthCloseResolver],
})
export class MonthCloseDoorModule {}
