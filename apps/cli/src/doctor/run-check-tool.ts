import { repository } from '../../setup/repository.mjs';
import { callerEnvironment, runTool } from '../../setup/run-process.mjs';
import { SetupError } from '../../setup/setup-error.mjs';

/** What a tool printed, or why it failed: its last line; null where it is not installed. */
export type ToolAnswer = { readonly output: string } | { readonly failure: string | null };

/** Runs a tool as a shell of the caller finds it, and waits for its end. */
export type RunCheckTool = (file: string, argv: readonly string[]) => Promise<ToolAnswer>;

export const runCheckTool: RunCheckTool = async (file, argv) => {
  try {
    const onFailure = `${file} failed.`;
    return {
      output: (
        await runTool(file, [...argv], { cwd: repository, env: callerEnvironment(), onFailure })
      ).trim(),
    };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const { cause, details } = error;
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return { failure: isMissing ? null : (details.trim().split('\n').at(-1) ?? '') };
  }
};
