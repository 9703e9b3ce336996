/** Arguments of strace before the program: its children too, descriptors with paths, only the calls that the rules check. */
export function straceArguments(tracePath: string): string[] {
  return [
    // The tracer is a process of its own, so that signals reach the program as they do without it.
    ...['-DDD', '-f', '-Y', '--seccomp-bpf', '-s', '4096', '-o', tracePath],
    ...['-e', 'trace=open,openat,openat2,connect,execve', '-e', 'signal=none'],
  ];
}
