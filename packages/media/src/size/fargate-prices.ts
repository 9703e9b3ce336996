export interface FargatePrices {
  region: string;
  dollarsPerVirtualCpuHour: number;
  dollarsPerGibibyteHour: number;
  /** Of ephemeral storage above what comes by itself. */
  dollarsPerStorageGibibyteHour: number;
  includedStorageGiB: number;
  /** What Spot takes off; it floats between 0.5 and 0.7, the smaller is assumed. */
  spotDiscountShare: number;
}

/**
 * us-east-1, seen in June 2026 in published price lists (Vantage, Fortem); AWS's own page is the authority:
 * https://aws.amazon.com/fargate/pricing/. A stack in another region sets its own.
 */
export const fargatePrices: Record<'x86_64' | 'arm64', FargatePrices> = {
  x86_64: {
    region: 'us-east-1',
    dollarsPerVirtualCpuHour: 0.04048,
    dollarsPerGibibyteHour: 0.004445,
    dollarsPerStorageGibibyteHour: 0.000111,
    includedStorageGiB: 20,
    spotDiscountShare: 0.5,
  },
  arm64: {
    region: 'us-east-1',
    dollarsPerVirtualCpuHour: 0.03238,
    dollarsPerGibibyteHour: 0.00356,
    dollarsPerStorageGibibyteHour: 0.000111,
    includedStorageGiB: 20,
    spotDiscountShare: 0.5,
  },
};
