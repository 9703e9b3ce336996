/** The current time, ISO 8601. It is an argument, so that tests and the simulator can control it. */
export type Clock = () => string;

export const systemClock: Clock = () => new Date().toISOString();
