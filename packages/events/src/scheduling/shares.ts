import { z } from 'zod';

/** Weights of tenants in the order of launches; 1 for all others. */
export const sharesSchema = z.record(z.string().min(1), z.number().min(0.01).max(100));
export type Shares = z.infer<typeof sharesSchema>;
