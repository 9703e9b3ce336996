/** CICP code points of colr nclx. Source: ISO/IEC 23091-2. */
export interface ColourDescription {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly fullRange: boolean;
}
