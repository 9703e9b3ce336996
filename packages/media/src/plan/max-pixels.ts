/** 16384 x 8192; a single larger frame needs more memory than a task has. */
export const maxPixels = 134_217_728;
