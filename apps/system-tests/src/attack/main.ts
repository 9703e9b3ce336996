// pnpm attack [NAME…]: sends hostile uploads through the whole local pipeline, with every worker under strace, and compares
// how they end with what is wanted; a NAME chooses the attacks whose names contain it. Needs Linux and strace. Exits with 1
// if there is a difference.
import { attackCases } from './cases/attack-cases.ts';
import { printAttackResults } from './print-attack-results.ts';
import { runAttacks } from './run-attacks.ts';
import { startTracedCloud } from './start-traced-cloud.ts';
import { whyTracingIsMissing } from './why-tracing-is-missing.ts';

const missing = whyTracingIsMissing();
if (missing !== null) {
  process.stderr.write(`pnpm attack ${missing}\n`);
  process.exit(1);
}
const startedAt = Date.now();
const parts = process.argv.slice(2);
const traced = await startTracedCloud();
const chosen = attackCases(traced).filter(
  ({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)),
);
const results = await runAttacks(traced, chosen, ({ name }, outcome) => {
  process.stderr.write(`${name}: ${outcome}\n`);
});
await traced.remove();
const isRight = printAttackResults(results, (Date.now() - startedAt) / 1_000);
process.exitCode = isRight ? 0 : 1;
