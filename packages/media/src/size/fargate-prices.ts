export interface FargatePrices {
  region: string;
  dollarsPerVirtualCpuHour: number;
  dollarsPerGibibyteHour: number;
  /** Of ephemeral storage above the 20 GiB that are included. */
  dollarsPerStorageGibibyteHour: number;
  includedStorageGiB: number;
  /** The discount of Spot; it varies between 0.5 and 0.7, the lower one is assumed. */
  spotDiscountShare: number;
}

/**
 * us-east-1, from price lists published in June 2026 (Vantage, Fortem); AWS's page is authoritative:
 * https://aws.amazon.com/fargate/pricing/. Stacks in other regions set their own prices.
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
