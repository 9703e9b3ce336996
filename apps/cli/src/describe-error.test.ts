import { FyrestreamError } from '@fyrestream/events';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { errorMessage, exitCodeOf, ReportedError } from './describe-error.ts';
import { InterruptionError } from './interruption-error.ts';
import { UsageError } from './usage-error.ts';

const cases: [string, unknown, number, string | null][] = [
  ['help', new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), 0, null],
  ['no command', new CommanderError(1, 'commander.help', '(outputHelp)'), 2, null],
  [
    'an unknown flag',
    new CommanderError(
      1,
      'commander.unknownOption',
      "error: unknown option '--wiat'\n(Did you mean --wait?)",
    ),
    2,
    "Unknown option '--wiat' (Did you mean --wait?)",
  ],
  ['bad input', new UsageError('file-refused', 'a.mov does not exist.'), 2, 'a.mov does not exist.'],
  [
    'a FyrestreamError',
    new FyrestreamError({ code: 'x', message: 'It broke.', retryable: false }),
    1,
    'It broke.',
  ],
  ['a failure that is already printed', new ReportedError(), 1, null],
  [
    'Ctrl-C',
    new InterruptionError('SIGINT'),
    130,
    'Interrupted by SIGINT. Uploaded files are still processed while the cloud runs: see `npx pnpm fyrestream jobs`.',
  ],
  [
    'a cloud that does not answer',
    Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
    1,
    'The cloud does not answer: is it still running?',
  ],
  [
    'an error of an AWS service',
    Object.assign(new Error('Rate\nexceeded'), { name: 'ThrottlingException', $metadata: {} }),
    1,
    'The cloud refused the call: ThrottlingException: Rate exceeded',
  ],
  [
    'an error of the operating system',
    Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES' }),
    1,
    'The system refused: EACCES: permission denied, open',
  ],
  [
    'a full disk',
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    1,
    'The disk is full: make room and try again.',
  ],
  [
    'Ctrl-C while the sample clip is made',
    new InterruptionError('SIGINT', 'The sample clip was not made.'),
    130,
    'Interrupted by SIGINT. The sample clip was not made.',
  ],
  [
    'a bug',
    new TypeError('x is not a function'),
    1,
    'TypeError: x is not a function (put --debug before the command to see the stack trace)',
  ],
];

it.each(cases)('has an exit code and a message for %s', (_, error, exitCode, sentence) => {
  expect(exitCodeOf(error)).toBe(exitCode);
  expect(errorMessage(error)).toBe(sentence);
});

it('recognises a failure of the local cloud, which has its own copy of the class', () => {
  const foreign = Object.assign(new Error('Another local cloud is using it.'), {
    code: 'data-directory-in-use',
    retryable: false,
  });
  expect(errorMessage(foreign)).toBe('Another local cloud is using it.');
});
