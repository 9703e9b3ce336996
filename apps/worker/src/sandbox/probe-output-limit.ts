/**
 * What ffprobe may write about a file. The packets of two days at 30 frames per second have lines of 52 bytes each: 260 MiB.
 * A string of Node has at most 512 MiB.
 */
export const probeOutputLimitBytes = 384 * 1024 * 1024;
