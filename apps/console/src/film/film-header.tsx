import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { splitSourceKey } from '../format/paths.ts';
import { PageHeader } from '../layout/page-header.tsx';

interface Props {
  readonly jobId: string;
  readonly sourceKey: string;
  /** The name of a page about the film; without it, this is the page of the film. */
  readonly page?: string;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** The name of a film, below the way back. */
export function FilmHeader({ jobId, sourceKey, page, beside, children }: Props) {
  const { folder, name } = splitSourceKey(sourceKey);
  return (
    <PageHeader
      title={page === undefined ? name : `${page} of ${name}`}
      above={
        <>
          <Link href="/">Jobs</Link> / {folder}
          <Link href={`/jobs/${jobId}`}>{name}</Link>
          {page !== undefined && (
            <>
              {' / '}
              <Link href={`/films/${jobId}`}>Film</Link>
            </>
          )}
        </>
      }
      beside={beside}
    >
      {children}
    </PageHeader>
  );
}
