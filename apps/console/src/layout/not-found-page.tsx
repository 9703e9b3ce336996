import { Link } from 'react-aria-components';
import { PageHeader } from './page-header.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="No such page" />
      <p>
        The address leads nowhere. <Link href="/">Go to the jobs.</Link>
      </p>
    </>
  );
}
