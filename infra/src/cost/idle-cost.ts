import type { Settings } from '@fyrestream/events';
import { alarmDefinitions } from '../alarms/alarm-definitions.ts';
import type { StackNames } from '../names/stack-names.ts';
import { interfaceEndpoints } from '../network/interface-endpoints.ts';
import { networkPrices } from './network-prices.ts';

export interface CostItem {
  readonly what: string;
  readonly count: number;
  /** US dollars per unit and month. */
  readonly dollars: number;
}

const hoursPerMonth = 730;
const minutesPerMonth = hoursPerMonth * 60;

/**
 * US dollars without free tiers, alike in most regions.
 * Sources: https://aws.amazon.com/vpc/pricing/, /privatelink/pricing/, /cloudwatch/pricing/, /lambda/pricing/, /sqs/pricing/,
 * /ecr/pricing/, /eventbridge/pricing/, /secrets-manager/pricing/
 */
const prices = {
  publicIpv4Hour: 0.005,
  alarm: 0.1,
  dashboard: 3,
  imageGibibyte: 0.1,
  secret: 0.4,
  millionQueueRequests: 0.4,
  millionFunctionCalls: 0.2,
  functionGibibyteSecond: 0.0000133334,
};

/** Size of one image. The images that are kept share most of their layers. */
const imageGibibytes = 0.15;
/** Lambda polls an empty queue with five parallel long polls of 20 seconds. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const receivesPerQueue = (5 * minutesPerMonth * 60) / 20;
/** A sweep of an idle stack: poller and invoker, 0.25 and 0.5 GiB, one second in all. */
const sweepGibibyteSeconds = 0.75;

/** Monthly cost of a stack in a region without uploads. */
export function idleCost(
  settings: Pick<Settings, 'network' | 'nat' | 'availabilityZones' | 'sweepMinutes' | 'webhooks' | 'api'>,
  names: StackNames,
  region: string,
): CostItem[] {
  const { natGatewayHour, interfaceEndpointHour } = networkPrices(region);
  const gatewaysOfNat = { single: 1, 'per-az': settings.availabilityZones, none: 0 }[settings.nat];
  const natGateways = settings.network === 'private' ? gatewaysOfNat : 0;
  const endpoints = Object.keys(settings.webhooks).length;
  const sweeps = minutesPerMonth / settings.sweepMinutes;
  const items: CostItem[] = [
    {
      what: 'NAT gateway with its address',
      count: natGateways,
      dollars: (natGatewayHour + prices.publicIpv4Hour) * hoursPerMonth,
    },
    {
      what: 'Interface endpoint in one zone',
      count: interfaceEndpoints(settings).length * settings.availabilityZones,
      dollars: interfaceEndpointHour * hoursPerMonth,
    },
    { what: 'CloudWatch alarm', count: alarmDefinitions(names, settings).length, dollars: prices.alarm },
    { what: 'CloudWatch dashboard', count: 1, dollars: prices.dashboard },
    {
      what: 'Polling of an empty queue',
      count: endpoints > 0 ? 3 : 2,
      dollars: (receivesPerQueue / 1e6) * prices.millionQueueRequests,
    },
    {
      what: `Sweep every ${settings.sweepMinutes} minutes`,
      count: 1,
      dollars:
        sweeps *
        ((2 / 1e6) * prices.millionFunctionCalls + sweepGibibyteSeconds * prices.functionGibibyteSecond),
    },
    { what: 'Secret of a webhook', count: endpoints, dollars: prices.secret },
    { what: 'Image of the transcoder', count: 1, dollars: imageGibibytes * prices.imageGibibyte },
  ];
  return items.filter((item) => item.count > 0);
}

export function totalCost(items: readonly CostItem[]): number {
  return items.reduce((sum, { count, dollars }) => sum + count * dollars, 0);
}
