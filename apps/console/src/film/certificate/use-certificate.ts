import { useQuery } from '@tanstack/react-query';
import { useVideo } from '../use-video.ts';
import { type Certificate, readCertificate } from './certificate.ts';

/** The certificate of what a job published, and its address. */
export function useCertificate(jobId: string): {
  readonly certificate: Certificate | undefined;
  readonly url: string | undefined;
  readonly error: Error | null;
} {
  const video = useVideo(jobId, true);
  const url = video.data?.certificate?.url;
  const certificate = useQuery({
    queryKey: ['certificate', url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url ?? '', { signal });
      if (!response.ok) throw new CertificateMissingError(response.status);
      return readCertificate(await response.json());
    },
    enabled: url !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { certificate: certificate.data, url, error: video.error ?? certificate.error };
}

class CertificateMissingError extends Error {
  constructor(status: number) {
    super(`The certificate cannot be read (status ${status}): reload the page.`);
    this.name = 'CertificateMissingError';
  }
}
