import { AwsError } from '../control-plane/aws-error.ts';

const term = /"(?<term>(?:[^"\\]|\\["\\])*)"(?:\s+|$)/y;

/**
 * Parses a filter pattern into a function that matches log events. Only terms in quotes are supported: an event must contain
 * all of them. An empty pattern matches every event.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError `InvalidParameterException` for every other pattern
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const terms = readTerms(pattern.trim());
  return (message) => terms.every((one) => message.includes(one));
}

function readTerms(pattern: string): string[] {
  const terms: string[] = [];
  for (let position = 0; position < pattern.length; position = term.lastIndex) {
    term.lastIndex = position;
    const found = term.exec(pattern)?.groups?.term;
    if (found === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        `The local cloud supports only filter patterns with terms in quotes, not ${pattern}`,
      );
    }
    terms.push(found.replaceAll(/\\(["\\])/g, '$1'));
  }
  return terms;
}
