import { type ReactNode, useEffect } from 'react';
import './page-header.css';

interface Props {
  readonly title: string;
  /** The way back. */
  readonly above?: ReactNode;
  readonly beside?: ReactNode;
  /** The actions of the page. */
  readonly children?: ReactNode;
}

/** The heading of a page, which is also its title in the browser, and the actions of the page. */
export function PageHeader({ title, above, beside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Fyrestream`;
  }, [title]);
  return (
    <div className="page-header">
      <div className="page-header-titles">
        {above && <div className="page-header-above">{above}</div>}
        <div className="page-header-title">
          <h1>{title}</h1>
          {beside}
        </div>
      </div>
      {children && <div className="page-header-actions">{children}</div>}
    </div>
  );
}
