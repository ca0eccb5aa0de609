/** As a column holds. */
const BOOT_NO_MAX = 2_147_483_647;

/** What is known of a cabinet's starts when something comes over its line. */
export interface BootLine {
  /** Of the start that is current; null before the first. */
  readonly bootNo: number | null;
  /** What is added to its own count of starts: where a count has begun anew, what it had come to before. */
  readonly bootBase: number;
  /** When the credential was issued with which it last told live which start this is; null before it has. */
  readonly credentialAt: Date | null;
}

export interface ToldBoot {
  /** By its own count. */
  readonly bootNo: number;
  /** A heartbeat that was not kept waiting: it tells which start this is now. */
  readonly isLive: boolean;
  /** When the credential was issued with which this comes, as best we know. */
  readonly credentialAt: Date | null;
}

export interface BootPlace {
  /** Its place among all starts, which grows whatever the machine counts. */
  readonly bootNo: number;
  readonly bootBase: number;
  /**
   * NEXT: the current one from now on. RESET: the same, and its count has begun anew. DOUBTFUL: the same, and nobody has signed it in anew: a board that was set
   * back, or a second machine under one name. BEHIND: of long ago.
   */
  readonly as: 'NEXT' | 'RESET' | 'BEHIND' | 'DOUBTFUL';
}

/**
 * Where a start that was never heard of belongs. A heartbeat is never kept for later: what it says live is the current start, whatever it counts. Whoever puts in
 * another board, or sets one back, signs it in anew; where the credential is not younger than the one that it came with until then, a person has to look.
 */
export function placeOfBoot(line: BootLine, { bootNo, isLive, credentialAt }: ToldBoot): BootPlace {
  const { bootBase } = line;
  const place = Math.min(BOOT_NO_MAX, bootBase + bootNo);
  if (line.bootNo === null) return { bootNo: place, bootBase, as: 'NEXT' };
  const isYounger = credentialAt !== null && line.credentialAt !== null && credentialAt > line.credentialAt;
  const isOlder = credentialAt !== null && line.credentialAt !== null && credentialAt < line.credentialAt;
  const isBack = isYounger ? place <= line.bootNo : place < line.bootNo;
  if (isLive && isBack)
    return {
      bootNo: Math.min(BOOT_NO_MAX, line.bootNo + bootNo),
      bootBase: line.bootNo,
      as: isYounger ? 'RESET' : 'DOUBTFUL',
    };
  // What the board before had still to tell, with the credential of that time: behind everything that came since.
  if (isOlder && bootBase > 0) return { bootNo: Math.min(bootNo, bootBase), bootBase: 0, as: 'BEHIND' };
  return { bootNo: place, bootBase, as: place >= line.bootNo ? 'NEXT' : 'BEHIND' };
}
