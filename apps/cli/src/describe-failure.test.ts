import { FyrestreamError } from '@fyrestream/events';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { AlreadyReported, exitCodeOf, sentenceOf } from './describe-failure.ts';
import { Interruption } from './interruption.ts';
import { UsageError } from './usage-error.ts';

const cases: [string, unknown, number, string | null][] = [
  ['help that was asked for', new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), 0, null],
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
  ['bad input', new UsageError('file-refused', 'a.mov is not there.'), 2, 'a.mov is not there.'],
  [
    'a failure of ours',
    new FyrestreamError({ code: 'x', message: 'It broke.', retryable: false }),
    1,
    'It broke.',
  ],
  ['a failure told before', new AlreadyReported(), 1, null],
  [
    'Ctrl-C',
    new Interruption('SIGINT'),
    130,
    'Stopped by SIGINT. What was uploaded goes on where the cloud does: see `fyrestream jobs`.',
  ],
  [
    'a cloud that is gone',
    Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
    1,
    'The cloud does not answer any more: is it still running?',
  ],
  [
    'a refusal of the cloud',
    Object.assign(new Error('Rate\nexceeded'), { name: 'ThrottlingException', $metadata: {} }),
    1,
    'The cloud refused the call: ThrottlingException: Rate exceeded',
  ],
  [
    'a refusal of the system',
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    1,
    'The system refused: ENOSPC: no space left on device, write',
  ],
  [
    'a mistake in the program',
    new TypeError('x is not a function'),
    1,
    'TypeError: x is not a function (run the command with --debug in front to see where)',
  ],
];

it.each(cases)('%s', (_, error, exitCode, sentence) => {
  expect(exitCodeOf(error)).toBe(exitCode);
  expect(sentenceOf(error)).toBe(sentence);
});

it('knows a failure of the local cloud, whose classes are its own', () => {
  const foreign = Object.assign(new Error('Another local cloud is using it.'), {
    code: 'data-directory-in-use',
    retryable: false,
  });
  expect(sentenceOf(foreign)).toBe('Another local cloud is using it.');
});
