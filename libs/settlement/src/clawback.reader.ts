import { Injectable } from '@nestjs/common';
import type { Fen, Page, PageRequest } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { CLAWBACK_PREFIX } from './clawback.rules.js';

export interface ClawbackRow {
  /** mer_…, chp_…, or fund:<county> */
  readonly payee: string;
  readonly owedFen: Fen;
}

@Injectable()
export class ClawbackReader {
  constructor(private readonly ledger: LedgerReader) {}

  /** Who owes something now, in the order of accounts. */
  async open(page: PageRequest): Promise<Page<ClawbackRow>> {
    const { nodes, pageInfo } = await this.ledger.accountsHolding(CLAWBACK_PREFIX, page);
    return {
      nodes: nodes.map(({ code, balanceFen }) => ({
        payee: code.slice(CLAWBACK_PREFIX.length),
        owedFen: balanceFen,
      })),
      pageInfo,
    };
  }
}
