import { Module } from '@nestjs/common';
import { IntakeBlockerReader, IntakeModule } from '#libs/intake';
import { IntegrityBlockerReader, IntegrityModule } from '#libs/integrity';
import { MonthCloseModule } from '#libs/volume';

const closing = MonthCloseModule.over(
  [IntakeModule, IntegrityModule],
  [IntakeBlockerReader, IntegrityBlockerReader],
);

/** The register and whoever lies above it and knows what is in the way of a month: only a door may bring them together. */
@Module({ imports: [closing], exports: [closing] })
export class MonthClosesModule {}
