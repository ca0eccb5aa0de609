import { Injectable } from '@nestjs/common';
import iconv from 'iconv-lite';
import {
  type BankFile,
  type BankResultFile,
  type FileBreak,
  bankFileBody,
  bankFileTrailer,
  readResultFile,
  sha256,
  splitTrailer,
} from './bank-file.rules.js';
import type { FileEncoding } from './payout-batch.entity.js';
import { type PayoutCapabilities, PayoutFileGateway } from './payout.gateway.js';

/** Excel and most banks' desks take UTF-8 for what it is only behind this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The file of docs/payouts.md, which a person carries to the bank's desk; the answer comes back the same way. */
@Injectable()
export class BankFileGateway extends PayoutFileGateway {
  readonly capabilities: PayoutCapabilities = {
    method: 'BANK',
    mode: 'batch_file',
    // So that the answer, a little longer than the file, fits into one request of the console.
    linesMax: 500,
    amountMaxFen: 100_000_000_00n,
    isReversible: false,
  };

  render(file: BankFile, encoding: FileEncoding): Buffer {
    const encode = (text: string) =>
      encoding === 'GB18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text, 'utf8');
    const mark = encoding === 'UTF_8' ? BYTE_ORDER_MARK : '';
    const body = encode(mark + bankFileBody(file));
    return Buffer.concat([body, encode(bankFileTrailer(file, body))]);
  }

  read(bytes: Buffer): BankResultFile | FileBreak {
    const { body, hasTrailer } = splitTrailer(bytes);
    if (!hasTrailer) return { breakCode: 'UNREADABLE', note: 'no header and trailer' };
    return readResultFile(textOf(bytes), sha256(body));
  }
}

/** UTF-8 if it can be; banks that do not speak it speak GB18030, in which every sequence means something. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'gb18030'); // Not UTF-8.
  }
}
