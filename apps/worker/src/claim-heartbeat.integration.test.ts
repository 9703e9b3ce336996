import { openTestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import { expect, it, vi } from 'vitest';
import { startClaimHeartbeat } from './claim-heartbeat.ts';

it('whatever is reported, a unit has one write per heartbeat, and its job none', async () => {
  const table = await openTestLedger();
  const writes: string[] = [];
  const send = async (command: Parameters<typeof table.documents.send>[0]) => {
    const key = 'Key' in command.input ? String(command.input.Key?.sk) : JSON.stringify(command.input);
    const answer = await table.documents.send(command);
    if (/^(Put|Update)Command$/.test(command.constructor.name)) writes.push(key);
    return answer;
  };
  const ledger = table.over({ send } as unknown as typeof table.documents);
  const ticks: (() => void)[] = [];
  const timers = {
    sleep: async () => {},
    every: (_milliseconds: number, tick: () => void) => {
      ticks.push(tick);
      return () => {};
    },
  };
  const jobId = 'a'.repeat(26);
  const claim = await ledger.claimUnit({ jobId, unitId: 'video-00001', owner: 'this' });
  if (claim === null) throw new TypeError('the unit is claimed');
  const work = { ledger, timers, clock: table.clock.now, activeStatuses: ['running'] as const };
  const active = startClaimHeartbeat(work, claim, new AbortController().signal, true);
  active.meter.begin(100);
  for (let beat = 1; beat <= 3; beat += 1) {
    table.clock.advance(5);
    for (let frame = 0; frame < 1_000; frame += 1) {
      active.meter.reportTrack('h264-240', (beat - 1 + frame / 1_000) / 4);
      active.meter.report((beat - 1 + frame / 1_000) / 4);
    }
    for (const tick of ticks) tick();
    await vi.waitFor(() => expect(writes).toHaveLength(1 + beat), 600_000);
    // The next heartbeat begins when this one has ended.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ledger.readUnit(jobId, 'video-00001')).toMatchObject({
      progress: expect.closeTo((beat - 0.001) / 4),
      pace: {
        speed: expect.closeTo((100 * (beat - 0.001)) / 4 / (5 * beat)),
        tracks: { 'h264-240': expect.any(Number) },
      },
    });
  }
  await ledger.finishUnit(active, active.meter.end());
  expect(await ledger.readUnit(jobId, 'video-00001')).toMatchObject({
    ...{ state: 'done', progress: 1, pace: { etaSeconds: 0, tracks: { 'h264-240': 1 } } },
  });
  expect(new Set(writes)).toEqual(new Set(['unit#video-00001']));
  expect(writes).toHaveLength(5);
  await table.close();
});
