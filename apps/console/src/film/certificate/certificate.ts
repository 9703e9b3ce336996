/**
 * The fields of `certificate.json` that the page shows, by `packages/media/src/verify/certificate.ts`. A field that certificates of
 * older releases do not have is optional.
 */
export interface Certificate {
  readonly schemaVersion: 2;
  readonly jobId: string;
  readonly source: {
    readonly key: string;
    readonly versionId: string | null;
    readonly sizeBytes: number;
    readonly facts: SourceFacts;
    readonly content: {
      readonly decodableShare: number;
      readonly isDamaged: boolean;
      readonly streams: readonly { readonly kind: 'video' | 'audio'; readonly decodedFrames: number }[];
      readonly warnings: { readonly errors: number; readonly corrupt: number };
    };
    readonly leftOut?: readonly { readonly kind: string; readonly why: string }[] | undefined;
  };
  readonly plan: CertifiedPlan;
  readonly checks: readonly Check[];
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[];
}

export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

export interface SourceFacts {
  readonly container: string;
  readonly durationSeconds: number | null;
  readonly bitrateBitsPerSecond: number | null;
  readonly video: readonly {
    readonly index: number;
    readonly codec: string | null;
    readonly displaySize: { readonly width: number; readonly height: number };
    readonly orientation: { readonly rotationDegrees: number };
    readonly averageFrameRate: Rational | null;
    readonly fieldOrder: string;
    readonly bitDepth: number | null;
    readonly dynamicRange: 'sdr' | 'pq' | 'hlg';
    readonly isAttachedPicture: boolean;
  }[];
  readonly audio: readonly {
    readonly index: number;
    readonly codec: string | null;
    readonly language: string | null;
    readonly channels: number;
    readonly channelLayout: string | null;
    readonly sampleRateHertz: number;
  }[];
  readonly subtitles: readonly {
    readonly index: number;
    readonly codec: string | null;
    readonly language: string | null;
  }[];
}

export interface CertifiedPlan {
  readonly segmentSeconds: number;
  readonly timeline: { readonly why: string };
  readonly video: {
    readonly frameRate: Rational;
    readonly frameRateWhy: string;
    readonly keyFrameIntervalFrames: number;
    readonly orientationWhy: string;
    readonly branches: readonly { readonly renditions: readonly Rendition[] }[];
    readonly dropped: readonly DroppedRung[];
  } | null;
  readonly audio: readonly AudioTrack[];
  readonly subtitles: readonly { readonly id: string; readonly name: string; readonly why: string }[];
}

export interface Rendition {
  readonly id: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly maximumBitrateBitsPerSecond: number;
  readonly why: string;
}

export interface DroppedRung {
  readonly codec: string;
  readonly shortEdgePixels: number;
  readonly why: string;
}

export interface AudioTrack {
  readonly id: string;
  readonly name: string;
  readonly bitrateBitsPerSecond: number;
  readonly filters: readonly { readonly why: string }[];
}

export interface Check {
  readonly name: string;
  readonly subject: string | null;
  readonly measured: number | string;
  readonly bound: string;
  readonly passed: boolean;
}

/** The certificate has another form than this page knows. */
class UnknownCertificateError extends Error {
  constructor(schemaVersion: unknown) {
    super(
      `This certificate has form ${schemaVersion}, and this console knows form 2: download it, or use the console of the release that made it.`,
    );
    this.name = 'UnknownCertificateError';
  }
}

/** @throws UnknownCertificateError */
export function readCertificate(json: { readonly schemaVersion?: unknown }): Certificate {
  if (json.schemaVersion === 2) return json as Certificate;
  throw new UnknownCertificateError(json.schemaVersion);
}
