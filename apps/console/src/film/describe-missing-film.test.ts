import { expect, it } from 'vitest';
import { describeMissingFilm } from './describe-missing-film.ts';

const reason = { code: 'not-media', message: 'The file is text.', retryable: false };

it('says why there is no film', () => {
  const say = (status: Parameters<typeof describeMissingFilm>[0]['status'], isDeleted = false) =>
    describeMissingFilm({ status, isDeleted, reason: status === 'failed' ? reason : null });
  expect(say('running')).toContain('its job is running');
  expect(say('queued')).toContain('its job is queued');
  expect(say('held')).toContain('held until somebody releases it');
  expect(say('failed')).toBe('There is no film, because the job failed. The file is text.');
  expect(say('cancelled')).toContain('was cancelled');
  expect(say('succeeded')).toContain('a newer version of the upload replaced them');
  expect(say('succeeded', true)).toContain('was deleted');
});
