import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { ChannelPointState, PlaceAct, PlaceSide } from './channel-point.entity.js';

/** Photos of a shelf, of the sign and of the papers of a house. */
export const STEP_FILES_MAX = 9;

const REASON_LENGTH_MAX = 500;
const DOCUMENT_NO_LENGTH_MAX = 60;

/** What is done with a place that was proposed; that it is proposed comes before. */
export type PlaceStepAct = Exclude<PlaceAct, 'RECORDED' | 'PROPOSED' | 'AMENDED' | 'ENTRUSTED'>;

/** Acts of whoever runs it. */
export const OPERATOR_ACTS = ['SITE_AGREED', 'BUILT', 'OPENED', 'SUSPENDED', 'CLOSED'] as const;
/** Acts of county and city. */
export const OFFICE_ACTS = ['APPROVED', 'RETURNED', 'INSPECTED', 'OPENED', 'SUSPENDED', 'CLOSED'] as const;

/** What becomes of a place by each act of each side; what is not in the table does not happen. */
const MOVES: Readonly<
  Record<
    'OPERATOR' | 'OFFICE',
    Partial<Record<PlaceStepAct, Partial<Record<ChannelPointState, ChannelPointState>>>>
  >
> = {
  OPERATOR: {
    SITE_AGREED: { PROPOSED: 'SITE_AGREED' },
    BUILT: { APPROVED: 'BUILT' },
    OPENED: { INSPECTED: 'OPEN', SUSPENDED: 'OPEN' },
    SUSPENDED: { OPEN: 'SUSPENDED' },
    CLOSED: {
      PROPOSED: 'CLOSED',
      SITE_AGREED: 'CLOSED',
      APPROVED: 'CLOSED',
      BUILT: 'CLOSED',
      INSPECTED: 'CLOSED',
      OPEN: 'CLOSED',
      SUSPENDED: 'CLOSED',
    },
  },
  OFFICE: {
    APPROVED: { SITE_AGREED: 'APPROVED' },
    // What is sent back is mended by the operator and comes again.
    RETURNED: { SITE_AGREED: 'PROPOSED', BUILT: 'APPROVED' },
    INSPECTED: { BUILT: 'INSPECTED' },
    OPENED: { SUSPENDED: 'OPEN' },
    SUSPENDED: { OPEN: 'SUSPENDED' },
    CLOSED: {
      SITE_AGREED: 'CLOSED',
      APPROVED: 'CLOSED',
      BUILT: 'CLOSED',
      INSPECTED: 'CLOSED',
      OPEN: 'CLOSED',
      SUSPENDED: 'CLOSED',
    },
  },
};

/** What becomes of it, or null where this is not done now, or not by them. What an office has suspended only an office opens again. */
export function stateAfter(
  act: PlaceStepAct,
  side: 'OPERATOR' | 'OFFICE',
  { state, heldBy }: { readonly state: ChannelPointState; readonly heldBy: PlaceSide | null },
): ChannelPointState | null {
  if (act === 'OPENED' && state === 'SUSPENDED' && side === 'OPERATOR' && heldBy !== 'OPERATOR') return null;
  return MOVES[side][act]?.[state] ?? null;
}

/** The states in which each side has something to do next, for lists of what waits. */
export const WAITING_FOR_OFFICE: readonly ChannelPointState[] = ['SITE_AGREED', 'BUILT'];

/** States in which a place stands, whether it sells or not. */
export const BUILT_STATES: readonly ChannelPointState[] = ['BUILT', 'INSPECTED', 'OPEN', 'SUSPENDED'];

/** Without a paper or a photo nobody else can say whether it is so. */
const NEEDS_FILES: readonly PlaceStepAct[] = ['SITE_AGREED', 'BUILT'];

export interface SaidStep {
  readonly act: PlaceStepAct;
  readonly reason: string;
  readonly documentNo: string;
  readonly fileIds: readonly string[];
  readonly effectiveOn: string;
}

export interface StepKnowledge {
  readonly side: 'OPERATOR' | 'OFFICE';
  readonly today: string;
  /** The day of the step before. */
  readonly lastOn: string;
  /** Of those named, the files that this person has brought. */
  readonly files: ReadonlySet<string>;
}

/** Whether everything is said that belongs to the act; all that is wrong at once. */
export function refuseSaid(step: SaidStep, known: StepKnowledge): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const { act, fileIds, effectiveOn } = step;
  const length = Array.from(step.reason.trim()).length;
  const needsReason = known.side === 'OFFICE' || act === 'SUSPENDED' || act === 'CLOSED';
  if (length > REASON_LENGTH_MAX || (needsReason && length < 2))
    refuse(
      'reason',
      `请写明意见或原因（2 到 ${REASON_LENGTH_MAX} 字）`,
      `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
    );
  if (act === 'APPROVED' && (isBlank(step.documentNo) || step.documentNo.length > DOCUMENT_NO_LENGTH_MAX))
    refuse('documentNo', '请填写批准文号', 'Say by which document it is approved.');
  if (act !== 'APPROVED' && step.documentNo !== '')
    refuse('documentNo', '只有批准时才填写文号', 'Only an approval has a document number.');
  const missing = NEEDS_FILES.includes(act) && fileIds.length === 0;
  if (missing && act === 'SITE_AGREED')
    refuse('fileIds', '请上传场地协议或产权证明', 'Bring the agreement with whoever owns the site.');
  if (missing && act === 'BUILT') refuse('fileIds', '请上传建成后的照片', 'Bring photos of what was built.');
  if (fileIds.length > STEP_FILES_MAX || new Set(fileIds).size !== fileIds.length)
    refuse(
      'fileIds',
      `至多 ${STEP_FILES_MAX} 个文件，不得重复`,
      `At most ${STEP_FILES_MAX} files, each once.`,
    );
  else if (fileIds.some((id) => !known.files.has(id)))
    refuse('fileIds', '文件已失效，请重新上传', 'A file is gone; bring it again.');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(effectiveOn) || effectiveOn < known.lastOn || effectiveOn > known.today)
    refuse(
      'effectiveOn',
      `日期须在 ${known.lastOn} 与今天之间`,
      `The day lies between ${known.lastOn} and today.`,
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
