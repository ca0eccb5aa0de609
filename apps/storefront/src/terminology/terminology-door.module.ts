import { Module } from '@nestjs/common';
import { TerminologyModule } from '#libs/terminology';
import { TerminologyResolver } from './terminology.resolver.js';

@Module({ imports: [TerminologyModule], providers: [TerminologyResolver] })
export class TerminologyDoorModule {}
