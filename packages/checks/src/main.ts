#!/usr/bin/env node
// fyrestream-checks: runs all fast checks on the repository in the current folder.
import { runAllChecks } from './run-all-checks.ts';

const passed = await runAllChecks(process.cwd(), (line) => process.stdout.write(`${line}\n`));
process.exitCode = passed ? 0 : 1;
