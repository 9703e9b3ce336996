/** The first Node that strips types without a flag. */
const minNode = { major: 22, minor: 18 };

/**
 * What to do where this Node cannot load the program; null where it can.
 * @param {string} version such as `24.21.0`
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > minNode.major || (major === minNode.major && minor >= minNode.minor)) return null;
  return `Fyrestream needs Node ${minNode.major}.${minNode.minor} or newer, and this is ${version}: install Node 24, put it first on PATH (\`node --version\` shows which one Pulumi starts), and run the command again.`;
}
