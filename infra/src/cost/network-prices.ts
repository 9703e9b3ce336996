/** Dollars per hour of a NAT gateway, and of an interface endpoint in one zone. */
interface NetworkPrices {
  readonly natGatewayHour: number;
  readonly interfaceEndpointHour: number;
}

const prices = (natGatewayHour: number, interfaceEndpointHour: number): NetworkPrices => ({
  natGatewayHour,
  interfaceEndpointHour,
});

const saoPaulo = prices(0.093, 0.021);

/**
 * From price lists published up to 2026; AWS's pages are authoritative: https://aws.amazon.com/vpc/pricing/,
 * https://aws.amazon.com/privatelink/pricing/. The other items of an idle stack hardly differ between regions.
 */
const pricesByRegion: Readonly<Record<string, NetworkPrices>> = {
  'us-east-1': prices(0.045, 0.01),
  'us-east-2': prices(0.045, 0.01),
  'us-west-1': prices(0.048, 0.011),
  'us-west-2': prices(0.045, 0.01),
  'eu-west-1': prices(0.048, 0.011),
  'eu-west-2': prices(0.05, 0.011),
  'eu-central-1': prices(0.052, 0.012),
  'ap-southeast-1': prices(0.059, 0.013),
  'ap-southeast-2': prices(0.059, 0.013),
  'ap-northeast-1': prices(0.062, 0.014),
  'sa-east-1': saoPaulo,
};

/** The prices of a region; one that the table lacks has those of its dearest one. */
export function networkPrices(region: string): NetworkPrices {
  return pricesByRegion[region] ?? saoPaulo;
}
