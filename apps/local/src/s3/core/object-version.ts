/** The fields of one version of one object that lists, conditions and deletes need. */
export interface ObjectVersion {
  readonly key: string;
  /** The string `null` for objects that were written while versioning was not enabled. */
  readonly versionId: string;
  /** Increases with every write; newer versions have higher numbers. */
  readonly sequence: number;
  readonly kind: 'object' | 'delete-marker';
  /** Without quotes; empty for delete markers. */
  readonly eTag: string;
  readonly sizeBytes: number;
  readonly lastModifiedMillis: number;
}

/** The versioning state of a bucket; `unversioned` until versioning is first enabled. */
export type Versioning = 'unversioned' | 'Enabled' | 'Suspended';
