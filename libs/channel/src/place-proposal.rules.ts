import { InvalidInputError, type InvalidField } from '#libs/kernel';
import type { ChannelKind, PavilionOwnerKind, ZoneHostKind } from './channel-point.entity.js';
import { refusePlace } from './channel-point.rules.js';

/** What is said of a pavilion or a zone by whoever wants to run it; every field in its place, so that the same typing is the same text. */
export interface Proposal {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly address: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly ownerKind: PavilionOwnerKind | null;
  readonly hostKind: ZoneHostKind | null;
  readonly hostName: string | null;
  readonly introduction: string | null;
  readonly openingHours: string | null;
}

type Optional =
  | 'townshipCode'
  | 'longitude'
  | 'latitude'
  | 'ownerKind'
  | 'hostKind'
  | 'hostName'
  | 'introduction'
  | 'openingHours';
export type LooseProposal = Omit<Proposal, Optional> & {
  readonly [Field in Optional]?: Proposal[Field] | undefined;
};

const blankToNull = (text: string | null | undefined) => text?.trim() || null;

export function proposalOf(loose: LooseProposal): Proposal {
  return {
    kind: loose.kind,
    name: loose.name.trim(),
    countyCode: loose.countyCode,
    townshipCode: loose.townshipCode ?? null,
    address: loose.address.trim(),
    longitude: loose.longitude ?? null,
    latitude: loose.latitude ?? null,
    ownerKind: loose.ownerKind ?? null,
    hostKind: loose.hostKind ?? null,
    hostName: blankToNull(loose.hostName),
    introduction: blankToNull(loose.introduction),
    openingHours: blankToNull(loose.openingHours),
  };
}

/** Longest texts, by field. */
const LENGTHS = { hostName: 120, introduction: 500, openingHours: 60 } as const;

/** Everything that is wrong with a proposal at once; the levels are of the divisions it names, as far as they are in force. */
export function refuseProposal(
  proposal: Proposal,
  levels: ReadonlyMap<string, string>,
): InvalidInputError | null {
  if (proposal.kind === 'COUNTER') return new InvalidInputError([noCounters]);
  const faults: InvalidField[] = [...(refusePlace({ ...proposal, cabinetKind: null })?.fields ?? [])];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const { kind, countyCode, townshipCode } = proposal;
  if (/^\d{6}$/.test(countyCode) && levels.get(countyCode) !== 'COUNTY')
    refuse('countyCode', '没有这个县市区', 'There is no such county.');
  if (townshipCode !== null && /^\d{9}$/.test(townshipCode) && levels.get(townshipCode) !== 'TOWNSHIP')
    refuse('townshipCode', '没有这个乡镇', 'There is no such township.');
  for (const [name, max] of Object.entries(LENGTHS) as [keyof typeof LENGTHS, number][])
    if ((proposal[name] ?? '').length > max) refuse(name, `至多 ${max} 字`, `At most ${max} characters.`);
  if (kind === 'ZONE' && proposal.hostName === null)
    refuse('hostName', '请填写专区所在的商超、加油站或市场', 'Say in whose shop or market the zone is.');
  if (faults.length === 0) return null;
  const unique = faults.filter(({ path }, index) => faults.findIndex((each) => each.path === path) === index);
  return new InvalidInputError(unique.map(({ path, message }) => ({ path: `place.${path}`, message })));
}

const noCounters = {
  path: 'place.kind',
  message: {
    zh: '专柜由设备登记建立，这里只申报专馆和专区',
    en: 'Counters come with their cabinets; pavilions and zones are proposed here.',
  },
};
