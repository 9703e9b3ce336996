/** What lists, conditions and deletes need to know of one version of one object. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` (the text) for objects written while versioning is not enabled. */
  readonly versionId: string;
  /** Grows with every write to the gateway; newer versions have greater ones. */
  readonly sequence: number;
  readonly kind: 'object' | 'delete-marker';
  /** Without quotes; empty for delete markers. */
  readonly eTag: string;
  readonly sizeBytes: number;
  readonly lastModifiedMillis: number;
}

/** The state of a bucket's versioning; `unversioned` until it is first enabled. */
export type Versioning = 'unversioned' | 'Enabled' | 'Suspended';
