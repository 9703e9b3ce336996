import { resolve } from 'node:path';

export interface TraceRules {
  /** The folder of the task: the working folder of all its processes. */
  readonly scratch: string;
  /** The folder for temporary files, in which the worker makes its sockets. */
  readonly temporaryDirectory: string;
  /** What Node loads: this repository and the program itself. */
  readonly programDirectories: readonly string[];
  /** The ports of the local cloud. */
  readonly ports: readonly number[];
}

/** Libraries and their settings, fonts, locales, devices without content, and facts about the machine. */
const systemPaths =
  /^\/(lib|lib64|usr\/lib|usr\/lib64|usr\/local\/lib|usr\/share|usr\/local\/share|sys\/devices\/system|sys\/fs\/cgroup|proc\/sys|proc\/self|proc\/\d+|etc\/(fonts|gcrypt|ssl|selinux|OpenCL))\/|^\/(etc\/(ld\.so\.(cache|preload)|localtime|nsswitch\.conf|locale\.alias|login\.defs)|proc\/(self|cpuinfo|meminfo|stat|filesystems|version_signature|mounts)|dev\/(null|urandom|random|shm|tty)|sys\/kernel\/mm\/.*)$/;
/** Read by Node and its resolver, and by the worker: which libraries its image has. */
const nodePaths =
  /^\/(etc\/(hosts|resolv\.conf|passwd|host\.conf|gai\.conf|os-release|codec-libraries)|proc\/version)$/;
/** Names of Node's threads. */
const nodeThreads = /^(node|MainThread|V8Worker|libuv-worker|DelayedTaskSche|SignalInspector|strace)$/;
const programs = /\/(node|env|unshare|prlimit|ffmpeg|ffprobe)$/;

/** Files outside the folder of the job, connections, and other programs in the output of strace, a sentence for each. */
export function findTraceViolations(trace: string, rules: TraceRules): string[] {
  const found = new Set<string>(trace.includes('execve(') ? [] : ['was not traced']);
  for (const line of trace.split('\n')) {
    const violation = violationOf(line, rules);
    if (violation !== null) found.add(violation);
  }
  return [...found];
}

/** The names of the programs that were started, by the output of strace. */
export function programsIn(trace: string): Set<string> {
  return new Set([...trace.matchAll(/execve\("[^"]*?([^"/]+)".* = 0$/gm)].map(([, name = '']) => name));
}

function violationOf(line: string, rules: TraceRules): string | null {
  const [, thread = '', call = '', content = ''] = /^\d+<(.*?)> (\w+)\((.*)$/.exec(line) ?? [];
  if (call === '') return null;
  const isNode = nodeThreads.test(thread);
  if (call === 'connect') return connectionViolation(thread, isNode, content, rules);
  const name = /"((?:[^"\\]|\\.)*)"/.exec(content)?.[1] ?? '';
  if (call === 'execve') return programs.test(name) ? null : `${thread} starts ${name}`;
  const path = resolve(rules.scratch, name);
  if (systemPaths.test(path) || isBelow(path, rules.scratch) || isSocketFolder(path, rules)) return null;
  const isProgram =
    isNode && (nodePaths.test(path) || rules.programDirectories.some((folder) => isBelow(path, folder)));
  return isProgram ? null : `${thread} opens ${path}`;
}

function connectionViolation(
  thread: string,
  isNode: boolean,
  content: string,
  rules: TraceRules,
): string | null {
  const local = /sun_path=@?"([^"]*)"/.exec(content)?.[1];
  if (local !== undefined) {
    const path = resolve(rules.scratch, local);
    const isAllowed =
      isBelow(path, rules.scratch) || isSocketFolder(path, rules) || /^\/(var\/)?run\/nscd/.test(path);
    return isAllowed ? null : `${thread} connects to ${path}`;
  }
  const port = Number(/sin6?_port=htons\((\d+)\)/.exec(content)?.[1] ?? 0);
  const isCloud = /127\.0\.0\.1|::1/.test(content) && rules.ports.includes(port);
  return isNode && isCloud ? null : `${thread} connects: ${content.slice(0, 120)}`;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Sockets of the worker, and its environment while it restarts. */
function isSocketFolder(path: string, { temporaryDirectory }: TraceRules): boolean {
  const name = path.startsWith(`${temporaryDirectory}/`) ? path.slice(temporaryDirectory.length + 1) : '';
  return /^fyrestream-[^/]+(\/[^/]+\.sock)?$/.test(name);
}
