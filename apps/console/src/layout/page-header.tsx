import { type ReactNode, useEffect } from 'react';
import './page-header.css';

/** The heading of a page, which is also its title in the browser, and the actions of the page. */
export function PageHeader({
  title,
  above,
  children,
}: {
  title: string;
  above?: ReactNode;
  children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Fyrestream`;
  }, [title]);
  return (
    <div className="page-header">
      <div className="page-header-titles">
        {above && <div className="page-header-above">{above}</div>}
        <h1>{title}</h1>
      </div>
      {children && <div className="page-header-actions">{children}</div>}
    </div>
  );
}
