/** What a task costs. */
export interface FargatePrices {
  dollarsPerVirtualCpuHour: number;
  dollarsPerGibibyteHour: number;
  /** Of ephemeral storage above the 20 GiB that are included. */
  dollarsPerStorageGibibyteHour: number;
  includedStorageGiB: number;
  /** The discount of Spot; it varies between 0.5 and 0.7, the lower one is assumed. */
  spotDiscountShare: number;
}

export interface TaskPlatform {
  /** `us-east-1` */
  readonly region: string;
  readonly architecture: 'x86_64' | 'arm64';
}

/** Dollars per hour of a vCPU and of a GiB. */
type HourlyPrices = readonly [cpu: number, memory: number];

const northVirginia: HourlyPrices = [0.04048, 0.004445];
const frankfurt: HourlyPrices = [0.04656, 0.00511];
const tokyo: HourlyPrices = [0.05056, 0.00553];
const saoPaulo: HourlyPrices = [0.0696, 0.0076];

/**
 * On demand, x86_64, from price lists published up to June 2026 (Vantage, Fortem, public calculators); AWS's page is
 * authoritative: https://aws.amazon.com/fargate/pricing/.
 */
const hourlyPrices: Readonly<Record<string, HourlyPrices>> = {
  'us-east-1': northVirginia,
  'us-east-2': northVirginia,
  'us-west-2': northVirginia,
  'eu-west-1': northVirginia,
  'us-west-1': frankfurt,
  'eu-west-2': frankfurt,
  'eu-central-1': frankfurt,
  'ap-southeast-1': tokyo,
  'ap-southeast-2': [0.04856, 0.00532],
  'ap-northeast-1': tokyo,
  'sa-east-1': saoPaulo,
};

/** arm64 costs 20% less in every region of the table. */
const arm64Share = 0.8;

/** The prices of a region. A region that the table lacks has those of its dearest one: a limit then holds a job too early, not too late. */
export function fargatePrices({ region, architecture }: TaskPlatform): FargatePrices {
  const [cpu, memory] = hourlyPrices[region] ?? saoPaulo;
  const share = architecture === 'arm64' ? arm64Share : 1;
  return {
    dollarsPerVirtualCpuHour: cpu * share,
    dollarsPerGibibyteHour: memory * share,
    dollarsPerStorageGibibyteHour: 0.000111,
    includedStorageGiB: 20,
    spotDiscountShare: 0.5,
  };
}
