/** The time as ISO 8601; an argument everywhere, so that tests and the simulator can own it. */
export type Clock = () => string;

export const systemClock: Clock = () => new Date().toISOString();
