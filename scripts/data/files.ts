/** The generated files of data/zhuzhou: one row type per file. The loader and the generator agree here and nowhere else. */
export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';
  readonly parentCode: string | null;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly isDesignated?: boolean;
}

export interface DivisionsFile {
  readonly source: string;
  readonly licence: string;
  readonly retrievedOn: string;
  readonly note: readonly string[];
  readonly divisions: readonly DivisionRow[];
}

export interface CategoryRow {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly position: number;
}

export interface MerchantRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly creditCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly contactName: string;
  readonly contactPhone: string;
}

export interface WarehouseRow {
  readonly id: string;
  readonly merchantId: string;
  readonly name: string;
}

export interface ChannelPointRow {
  readonly id: string;
  readonly key: string;
  readonly kind: 'PAVILION' | 'ZONE' | 'COUNTER';
  readonly name: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly address: string;
  readonly longitude: string;
  readonly latitude: string;
  readonly ownerKind: string | null;
  readonly hostKind: string | null;
  readonly cabinetKind: string | null;
  readonly hostName: string | null;
  readonly introduction: string | null;
  readonly openingHours: string;
  readonly openedOn: string;
}

export interface CabinetRow {
  readonly id: string;
  readonly channelPointId: string;
  readonly countyCode: string;
  readonly operatorId: string;
  readonly serialNo: string;
  readonly model: 'SLOT_CABINET' | 'OPEN_DOOR' | 'LOCKER';
  readonly registeredOn: string;
}

export interface ChannelListingRow {
  readonly channelPointId: string;
  readonly productId: string;
  readonly position: number;
}

export interface ProductRow {
  readonly id: string;
  readonly key: string;
  readonly merchantId: string;
  readonly categoryCode: string;
  readonly name: string;
  readonly description: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly priceFromFen: bigint;
  readonly listedOn: string;
}

export interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: bigint;
  readonly position: number;
}

export interface BatchRow {
  readonly id: string;
  readonly productId: string;
  readonly traceCode: string;
  readonly originCountyCode: string;
  readonly originVillageCode: string;
  readonly linkageAgreementId: string | null;
  /** Days before the day of loading, so that goods are fresh whenever the data is loaded. */
  readonly harvestedDaysAgo: number;
  /** Days after the day of loading; none for what does not perish. */
  readonly bestBeforeInDays: number | null;
}

export interface CertificationRow {
  readonly id: string;
  readonly productId: string;
  readonly scheme: 'NATIONAL_2020' | 'CITY_2024';
  readonly catalogueNo: string;
  readonly batchNo: number;
  readonly linkedPersonCount: number;
  readonly commodityValueFen: bigint;
  /** A date, or days from the day of loading (negative: before it), such as `-120`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly revoked: string | null;
}

export interface StockLevelRow {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly batchId: string;
  readonly onHand: number;
}

export interface HouseholdRow {
  readonly id: string;
  readonly headName: string;
  readonly villageCode: string;
  readonly kind: string;
  readonly registeredOn: string;
}

export interface HouseholdMemberRow {
  readonly id: string;
  readonly householdId: string;
  readonly name: string;
  readonly isHead: boolean;
  readonly birthYear: number;
}

export interface LinkageAgreementRow {
  readonly id: string;
  readonly merchantId: string;
  readonly kind: string;
  readonly startsOn: string;
  readonly endsBefore: string | null;
}

export interface LinkageHouseholdRow {
  readonly agreementId: string;
  readonly householdId: string;
  readonly weight: number;
}

export interface PayeeAccountRow {
  readonly id: string;
  readonly payeeKind: 'MERCHANT' | 'HOUSEHOLD' | 'OPERATOR' | 'FUND';
  /** A county code for its fund. */
  readonly payeeId: string;
  readonly accountName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly proposedBy: string;
  readonly verifiedBy: string;
}

export interface PersonRow {
  readonly id: string;
  readonly phone: string;
  readonly displayName: string;
}

export interface MembershipRow {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly scopeKind: 'PLATFORM' | 'DIVISION' | 'MERCHANT';
  readonly scopeId: string;
}

export interface DemoLogin {
  readonly who: string;
  readonly phone: string;
  readonly service: 'storefront' | 'merchant' | 'settlement';
  readonly note: string;
}

export interface ProcurementUnitRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'ADMINISTRATION' | 'SCHOOL' | 'HOSPITAL' | 'UNION' | 'STATE_ENTERPRISE' | 'OTHER';
  readonly divisionCode: string;
  readonly creditCode: string;
  readonly canteen: 'OWN' | 'OUTSOURCED' | 'SHARED' | 'NONE';
  readonly representedById: string | null;
  readonly mergedIntoId: string | null;
  readonly mergedOn: string | null;
}

export interface ProcurementContractorRow {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  readonly creditCode: string;
  readonly startsOn: string;
}

export interface ProcurementMemberRow {
  readonly unitId: string;
  readonly userId: string;
  readonly role: 'BUYER' | 'APPROVER';
}

export interface ReservedShareRow {
  readonly unitId: string;
  readonly year: number;
  readonly canteenTotalFen: bigint;
  readonly reservedFen: bigint;
  readonly filedOn: string;
}

export interface CreditTermRow {
  readonly id: string;
  readonly unitId: string;
  readonly limitFen: bigint;
  readonly daysToPay: number;
  readonly proposedBy: string;
}

export interface VolumeRow {
  readonly day: string;
  readonly originCode: string;
  /** The `key` of a product in products.csv. */
  readonly product: string;
  readonly channelKind: string;
  readonly certified: boolean;
  readonly amountFen: bigint;
  readonly quantity: number;
  readonly weightG: number;
}

/** Fen as decimal text; every axis adds up to `amountFen`. */
export interface Totals {
  readonly volume: {
    readonly rows: number;
    readonly amountFen: string;
    readonly certifiedFen: string;
    readonly quantity: number;
    readonly weightG: number;
    readonly byCounty: Readonly<Record<string, string>>;
    readonly byChannelKind: Readonly<Record<string, string>>;
    readonly byProduct: Readonly<Record<string, string>>;
    readonly byMonth: Readonly<Record<string, string>>;
  };
  readonly files: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>;
}

export const COLUMNS = {
  categories: ['code', 'nameZh', 'nameEn', 'position'],
  merchants: [
    'id',
    'key',
    'name',
    'kind',
    'creditCode',
    'countyCode',
    'townshipCode',
    'contactName',
    'contactPhone',
  ],
  warehouses: ['id', 'merchantId', 'name'],
  channelPoints: [
    'id',
    'key',
    'kind',
    'name',
    'countyCode',
    'townshipCode',
    'address',
    'longitude',
    'latitude',
    'ownerKind',
    'hostKind',
    'cabinetKind',
    'hostName',
    'introduction',
    'openingHours',
    'openedOn',
  ],
  cabinets: ['id', 'channelPointId', 'countyCode', 'operatorId', 'serialNo', 'model', 'registeredOn'],
  channelListings: ['channelPointId', 'productId', 'position'],
  products: [
    'id',
    'key',
    'merchantId',
    'categoryCode',
    'name',
    'description',
    'originCountyCode',
    'isPerishable',
    'seasonFrom',
    'seasonTo',
    'priceFromFen',
    'listedOn',
  ],
  variants: ['id', 'productId', 'sku', 'name', 'netWeightG', 'priceFen', 'position'],
  batches: [
    'id',
    'productId',
    'traceCode',
    'originCountyCode',
    'originVillageCode',
    'linkageAgreementId',
    'harvestedDaysAgo',
    'bestBeforeInDays',
  ],
  certifications: [
    'id',
    'productId',
    'scheme',
    'catalogueNo',
    'batchNo',
    'linkedPersonCount',
    'commodityValueFen',
    'validFrom',
    'validTo',
    'revoked',
  ],
  stockLevels: ['id', 'variantId', 'locationId', 'batchId', 'onHand'],
  households: ['id', 'headName', 'villageCode', 'kind', 'registeredOn'],
  householdMembers: ['id', 'householdId', 'name', 'isHead', 'birthYear'],
  linkageAgreements: ['id', 'merchantId', 'kind', 'startsOn', 'endsBefore'],
  linkageHouseholds: ['agreementId', 'householdId', 'weight'],
  payeeAccounts: [
    'id',
    'payeeKind',
    'payeeId',
    'accountName',
    'bankName',
    'accountNumber',
    'proposedBy',
    'verifiedBy',
  ],
  people: ['id', 'phone', 'displayName'],
  memberships: ['id', 'userId', 'role', 'scopeKind', 'scopeId'],
  procurementUnits: [
    'id',
    'name',
    'kind',
    'divisionCode',
    'creditCode',
    'canteen',
    'representedById',
    'mergedIntoId',
    'mergedOn',
  ],
  procurementContractors: ['id', 'unitId', 'name', 'creditCode', 'startsOn'],
  procurementMembers: ['unitId', 'userId', 'role'],
  reservedShares: ['unitId', 'year', 'canteenTotalFen', 'reservedFen', 'filedOn'],
  creditTerms: ['id', 'unitId', 'limitFen', 'daysToPay', 'proposedBy'],
  volume: ['day', 'originCode', 'product', 'channelKind', 'certified', 'amountFen', 'quantity', 'weightG'],
} as const;
