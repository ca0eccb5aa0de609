import { Entity, PrimaryColumn } from 'typeorm';

/** A row to lock while a sale with this fingerprint is being counted; it says nothing by itself. */
@Entity('sale_fingerprint')
export class SaleFingerprint {
  @PrimaryColumn('char', { length: 64 }) fingerprint!: string;
}
