import { Link } from 'react-aria-components';
import { Failure } from '../../design/failure.tsx';
import { Loading } from '../../design/loading.tsx';
import { formatCount } from '../../format/quantities.ts';
import { PageHeader } from '../../layout/page-header.tsx';
import { FilmHeader } from '../film-header.tsx';
import type { Certificate, Check } from './certificate.ts';
import './certificate-page.css';
import { Checks } from './checks.tsx';
import { isMeasured } from './group-checks.ts';
import { Renditions } from './renditions.tsx';
import { Source } from './source.tsx';
import { Tools } from './tools.tsx';
import { useCertificate } from './use-certificate.ts';

/** What was checked and measured before a film was published, to be read by a person. */
export function CertificatePage({ jobId }: { jobId: string }) {
  const { certificate, url, error } = useCertificate(jobId);
  if (certificate) return <ReadableCertificate certificate={certificate} url={url} />;
  return (
    <>
      <PageHeader title="Certificate" above={<Link href={`/films/${jobId}`}>Film</Link>} />
      {error ? <Failure error={error} /> : <Loading />}
    </>
  );
}

function describeVerdict(checks: readonly Check[]): string {
  const measured = checks.filter(isMeasured);
  const failed = measured.filter(({ passed }) => !passed).length;
  if (failed > 0) return `${formatCount(failed, 'check')} of ${measured.length} failed.`;
  const others = checks.length - measured.length;
  const rest = others === 0 ? '' : ` ${formatCount(others, 'more check')} had nothing to measure.`;
  return `All ${formatCount(measured.length, 'check')} passed before this film was published.${rest}`;
}

function ReadableCertificate({ certificate, url }: { certificate: Certificate; url: string | undefined }) {
  const { jobId, source, checks } = certificate;
  return (
    <>
      <FilmHeader jobId={jobId} sourceKey={source.key} page="Certificate">
        <a href={url} download="certificate.json" className="button button-plain">
          Download as JSON
        </a>
      </FilmHeader>
      <p className="certificate-page-verdict" data-passed={checks.every(({ passed }) => passed)}>
        {describeVerdict(checks)}
      </p>
      <Source source={source} />
      <Renditions plan={certificate.plan} />
      <Checks checks={checks} />
      <Tools certificate={certificate} />
    </>
  );
}
